"""Settings from outside of the program: `--set`, FONIO_*, fonio.toml, and which of them counts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fonio import Config, DirectExecutor, _chosen, errors
from fonio.memoization import BasicMemoizer, Memoizer

SRC = Path(__file__).parents[2] / "src"


@pytest.fixture
def outside(tmp_path, monkeypatch):
    """Sets FONIO_* and writes fonio.toml in a working directory of the test's own."""
    for name in [n for n in os.environ if n.startswith("FONIO_") and n != "FONIO_JAR"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def given(toml="", **environment):
        (tmp_path / "fonio.toml").write_text(toml)
        for key, value in environment.items():
            monkeypatch.setenv("FONIO_" + key, value)

    return given


_OTHERS = {
    "workers": (5, 6, 7),
    "cpu_affinity": ("block", "alternating", "list:0"),
    "max_tasks_per_child": (5, 6, 7),
    "placement": ("round_robin", "random", "least_loaded"),
    "queue": ("shared", "worker", "shared"),
    "credit_us": (5, 6, 7),
    "kills": (5, 6, 7),
    "retries": (5, 0, 7),
    "exit_mode": ("wait", "skip", "cleanup"),
    "internal_tasks_max_threads": (5, 6, 7),
    "run_dir": ("f", "p", "e"),
}


@pytest.mark.parametrize("key", _OTHERS)
def test_environment_is_stronger_than_the_program_and_the_program_than_the_file(outside, key):
    kind = Config if key in ("retries", "exit_mode", "run_dir") or "internal" in key else None
    kind = kind or DirectExecutor
    file, program, environment = _OTHERS[key]
    default = getattr(kind(), key)
    outside(f"{key} = {file!r}\n")
    assert getattr(kind(), key) == file != default
    assert getattr(kind(**{key: program}), key) == program
    outside(f"{key} = {file!r}\n", **{key.upper(): str(environment)})
    assert getattr(kind(**{key: program}), key) == environment


def test_lists_and_the_memoizer_come_from_outside_as_well(outside):
    assert Config().memoizer is None
    outside('preload = ["json"]\njava_options = ["-Xmx1g"]\napp_cache = false\n')
    assert DirectExecutor().preload == ("json",)
    assert DirectExecutor(preload=[]).preload == ()
    assert Config().java_options == ("-Xmx1g",)
    assert Config().memoizer.memoize is False
    assert Config(app_cache=True).memoizer.memoize is True
    assert Config(memoizer=BasicMemoizer()).memoizer.memoize is True
    outside("", PRELOAD="json,re", JAVA_OPTIONS="-Xmx1g '-Da=b c'", CHECKPOINT_MODE="manual")
    assert DirectExecutor(preload=["os"]).preload == ("json", "re")
    assert Config().java_options == ("-Xmx1g", "-Da=b c")
    given = BasicMemoizer(checkpoint_mode="task_exit", memoize=False)
    forced = Config(memoizer=given).memoizer
    assert (forced.mode, forced.memoize) == ("manual", False)


def test_memoizer_of_the_program_is_not_changed_from_outside(outside):
    class Own(Memoizer):
        def start(self, *, run_dir):
            pass

        def close(self):
            pass

    outside("", APP_CACHE="0")
    with pytest.raises(errors.ConfigurationError, match="memoize"):
        Config(memoizer=Own())


@pytest.mark.parametrize(
    "toml, environment, text",
    [
        ("wrokers = 3", {}, "fonio.toml: there is no key 'wrokers'; the keys are .*workers"),
        ("workers = '3'", {}, "fonio.toml: workers is '3': it must be a whole number"),
        ("workers = true", {}, "workers is True"),
        ("preload = [1]", {}, r"preload is \[1\]: it must be a list of texts"),
        ("workers = ", {}, "fonio.toml cannot be read"),
        ("workers = 0", {}, "workers is 0"),
        ("", {"WORKERS": "many"}, "FONIO_WORKERS='many': workers is a whole number"),
        ("", {"APP_CACHE": "maybe"}, "FONIO_APP_CACHE='maybe'.*true or false"),
        ("", {"RETRIES": "-1"}, "retries is -1"),
        ("", {"SET": "workers,wrokers"}, "--set wrokers=...: there is no such key"),
    ],
)
def test_what_means_nothing_is_refused_by_name(outside, toml, environment, text):
    outside(toml, **environment)
    with pytest.raises(errors.ConfigurationError, match=text):
        Config()


def test_file_is_read_again_when_it_has_changed(outside):
    outside("retries = 2")
    assert Config().retries == 2
    outside("retries = 33")
    assert Config().retries == 33


def test_python_without_tomllib_reads_what_the_file_may_hold(outside, monkeypatch):
    monkeypatch.setattr(_chosen, "_read", (None, {}))
    monkeypatch.setitem(sys.modules, "tomllib", None)
    outside('retries = 2  # twice\nexit_mode = "wait"\njava_options = [\n  "-Xmx1g",  # more\n]\n')
    config = Config()
    assert (config.retries, config.exit_mode, config.java_options) == (2, "wait", ("-Xmx1g",))
    outside("retries = 2\nworkers = 1.5")
    with pytest.raises(errors.ConfigurationError, match=r"line 2 is 'workers = 1\.5': write KEY"):
        Config()


def test_set_of_the_command_line_reaches_the_engine(outside, tmp_path):
    outside("retries = 1\nworkers = 4")
    script = tmp_path / "script.py"
    script.write_text(
        "import fonio\n"
        "engine = fonio.load(fonio.Config(executors=[fonio.DirectExecutor(workers=2)]))\n"
        "print(engine.workers, engine.config.retries, engine.account().workers)\n"
    )
    command = [sys.executable, "-m", "fonio.run"]
    environment = {**os.environ, "PYTHONPATH": str(SRC)}

    def run(*words):
        return subprocess.run(
            [*command, *words], env=environment, capture_output=True, text=True, timeout=60
        )

    done = run("--set", "workers=1", "--set", "retries=3", str(script))
    assert (done.returncode, done.stdout) == (0, "1 3 1\n"), done.stderr
    assert run(str(script)).stdout == "2 1 2\n"
    misspelled = run("--set", "wrokers=1", str(script))
    assert misspelled.returncode == 2 and "no such key" in misspelled.stderr
    assert run("--set", "workers", str(script)).returncode == 2
