"""Whole screenings with a stand-in for Vina: engines, interruptions, and every command of the README."""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import EXAMPLE, program

README = (EXAMPLE / "README.md").read_text()
SMALL = "--library 60 --first 4 --controls 2 --best 2 --random 2 --rounds 1 --workers 2 --limit 600"
Vina = Callable[..., Path]


class Start:
    """Starts the example small, in a folder of its own, with a stand-in for Vina."""

    def __init__(self, folder: Path, vina: Path, molecules: Path, cache: Path) -> None:
        self._folder = folder
        self._last = [*SMALL.split(), "--smiles", str(molecules), "--vina", str(vina)]
        self._environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "NO_COLOR": "1"}

    def begin(self, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "fonio.run", str(EXAMPLE), *words, *self._last]
        return subprocess.Popen(
            command,
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *words: str) -> str:
        process = self.begin(*words)
        said, told = process.communicate(timeout=300)
        assert process.returncode == 0, told
        return said + told


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What screenings of one user share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def start(tmp_path: Path, vina: Vina, molecules: Path, cache: Path) -> Start:
    return Start(tmp_path, vina(), molecules, cache)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, molecules: Path, cache: Path) -> Path:
    """The folder of a screening with the default engine that went through at once."""
    folder = tmp_path_factory.mktemp("undisturbed")
    Start(folder, program(folder), molecules, cache)("--out", ".")
    return folder


def tables(folder: Path) -> list[bytes]:
    return [(folder / "ABL1-seed42" / name).read_bytes() for name in ("ranking.csv", "library.csv")]


def test_every_engine_and_stream_give_the_same_ranking(start: Start, undisturbed: Path, tmp_path: Path) -> None:
    expected = tables(undisturbed)
    assert expected[0].count(b"\n") == 1 + 4 + 2 + 2
    for words in ("--engine serial", "--engine pool", "--engine parsl", "--stream", "--workers 1"):
        start("--out", words.lstrip("-"), *words.split())
        assert tables(tmp_path / words.lstrip("-")) == expected, words


def test_nothing_but_results_is_left_in_the_folder(start: Start, tmp_path: Path) -> None:
    left = tmp_path / "screening-out" / "ABL1-seed42" / "scratch" / "docking-of-a-killed-worker"
    left.mkdir(parents=True)
    start()
    assert sorted(path.name for path in left.parent.parent.iterdir()) == [
        "dockings.jsonl",
        "library.csv",
        "poses",
        "ranking.csv",
        "report.html",
    ]


def test_a_library_is_read_once_whatever_the_folder(tmp_path: Path, vina: Vina, molecules: Path) -> None:
    start = Start(tmp_path, vina(), molecules, tmp_path / "cache")
    assert "reading 100 SMILES" in start("--out", "one")
    assert "reading" not in start("--out", "two", "--seed", "7")


def test_an_interrupted_screening_goes_on_where_it_was(start: Start, undisturbed: Path, tmp_path: Path) -> None:
    process = start.begin("--out", "cut")
    assert process.stderr is not None
    for line in process.stderr:
        if "docked   2 of" in line:
            break
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=300)
    assert process.returncode == 130
    kept = (tmp_path / "cut" / "ABL1-seed42" / "dockings.jsonl").read_bytes().count(b"\n")
    assert 2 <= kept < 8
    told = start("--out", "cut")
    assert told.count("] docked ") == 8 - kept
    assert tables(tmp_path / "cut") == tables(undisturbed)


def test_two_screenings_do_not_share_a_folder(start: Start, tmp_path: Path) -> None:
    import fcntl

    folder = tmp_path / "screening-out" / "ABL1-seed42"
    folder.mkdir(parents=True)
    with (folder / "dockings.jsonl").open("w") as taken:
        fcntl.flock(taken, fcntl.LOCK_EX)
        process = start.begin()
        _, told = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "Another screening works in screening-out/ABL1-seed42." in told and "Traceback" not in told


def test_the_report_needs_nothing_beside_itself_and_says_what_it_does_not_prove(undisturbed: Path) -> None:
    page = (undisturbed / "ABL1-seed42" / "report.html").read_text()
    addresses = re.findall(r"""(?:src|href|url\(|@import|xlink:href)\s*[=(]?\s*['"]?([^'")\s>]+)""", page)
    assert addresses == []
    assert "<script" not in page and "What these figures do not prove" in page
    assert page.count("<svg") > 8


def commands() -> list[str]:
    """The words behind the example's folder in each command and in each row of the README's table of options."""
    whole = re.findall(r"\./fonio run examples/screening ?([^`\n#]*)", README)
    rows = [line for line in README.splitlines() if line.startswith("| `--")]
    options = [words for row in rows for words in re.findall(r"`(--[^`]+)`", row)]
    return list(dict.fromkeys(words.strip() for words in whole + options))


@pytest.mark.parametrize("words", commands())
def test_the_command_of_the_readme_runs(words: str, start: Start, molecules: Path) -> None:
    said = start(*shlex.split(words.replace("FILE", str(molecules))))
    if "--help" in words:
        assert "--target NAME" in said
    elif "list" in words:
        assert "ABL1\n" in said
    else:
        assert re.search(r"^\w+: \d+ of \d+ candidates docked", said, re.M), said


def test_the_readme_names_every_option_of_the_table_as_the_help_does(start: Start) -> None:
    known = set(re.findall(r"--[a-z-]+", start("--help")))
    named = set(re.findall(r"(?<![\w-])--[a-z-]+", " ".join(commands())))
    assert named and named <= known
