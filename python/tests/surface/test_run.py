"""`python -m fonio.run` and `python -m fonio`, as a shell sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"


@pytest.fixture
def shell(tmp_path):
    def run(body, *words, module="fonio.run"):
        script = tmp_path / "main.py"
        script.write_text(textwrap.dedent(_PRELUDE) + textwrap.dedent(body))
        arguments = words or (str(script),)
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(SRC), "FONIO_WORKERS": "1"},
        )

    return run


_PRELUDE = """
    import os, signal, sys
    import fonio
    engine = fonio.load()

    @fonio.python_app
    def work(x):
        return 1 / x
"""


def test_run_shows_its_start_and_its_account(shell):
    done = shell("print(sum(f.result() for f in [work(1) for _ in range(10)]))")
    assert (done.returncode, done.stdout) == (0, "10.0\n")
    first, *_, last = done.stderr.splitlines()
    assert first.endswith("main.py: started")
    assert "10 tasks, 0 failed" in last and "overhead per task" in last and "efficiency" in last


def test_folder_with_a_main_is_run_with_its_arguments(shell, tmp_path):
    done = shell("print(sys.argv[1:], sys.path[0])", str(tmp_path), "a", "-b")
    assert done.stdout == f"['a', '-b'] {tmp_path}\n"


@pytest.mark.parametrize(
    "body, code",
    [
        ("work(0).exception()", 1),
        ("work(0).exception(); sys.exit(0)", 0),
        ("sys.exit(17)", 17),
        ("sys.exit('a reason')", 1),
        ("raise ValueError('mine')", 1),
        ("raise KeyboardInterrupt", 130),
        ("os.kill(engine._engine.pid, 9); work(1).result()", 4),
        ("raise fonio.errors.EnvironmentNeeded('no room')", 3),
    ],
)
def test_exit_code_tells_what_happened(shell, body, code):
    done = shell("import fonio.errors\n" + body)
    assert done.returncode == code, done.stderr


def test_usage_is_an_exit_code_of_two(shell):
    assert shell("", "nowhere.py").returncode == 2
    done = shell("", "nonsense", module="fonio")
    assert done.returncode == 2 and "'nonsense' is no command" in done.stderr


def test_error_of_the_script_is_shown_from_the_script_on(shell):
    done = shell("raise ValueError('mine')")
    assert "ValueError: mine" in done.stderr and "runpy" not in done.stderr


def test_doctor_finds_what_is_needed(shell):
    done = shell("", "doctor", "--json", module="fonio")
    found = {f["name"]: f for f in json.loads(done.stdout)}
    assert done.returncode == 0 and found["Java"]["found"] and found["Python"]["found"]
    assert shell("", "--version", module="fonio").stdout.startswith("fonio ")
