"""How the figures of a program in the JVM are taken over."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from peers import environment, jvm
from peers.results import Interval, Key, Results


COMPILED = "bench/target/classes/fonio/bench/TaskBench.class"


def script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def ran(root: Path, monkeypatch: pytest.MonkeyPatch, java: str, mvnw: str = "exit 9") -> Results:
    """The results of a program, with a Java and a Maven that do what these shell scripts do."""
    script(root / "java", java)
    script(root / "mvnw", mvnw)
    monkeypatch.setattr(environment, "java", lambda _: root / "java")
    results = Results({}, quick=True)
    jvm.run(root, "taskbench", results, quick=True)
    return results


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A source tree in which the program is compiled."""
    (tmp_path / COMPILED).parent.mkdir(parents=True)
    (tmp_path / COMPILED).touch()
    return tmp_path


def test_a_line_with_an_interval_becomes_a_row_with_it(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = '{"system": "openmp", "metric": "stencil2_us", "value": 3.5, "low": 3, "high": 4}'
    results = ran(built, monkeypatch, f"echo '{line}'; echo other words")
    key = Key("taskbench", "stencil2_us", "openmp")
    assert results.rows == {key: {0: 3.5}}
    assert results.spread(key) == Interval(3, 4)
    assert results.problems == []


def test_a_program_that_breaks_is_a_problem_with_its_last_words(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = ran(built, monkeypatch, "echo no memory >&2; exit 3")
    assert [problem.text for problem in results.problems] == ["exit code 3: no memory"]


def test_a_program_that_was_not_compiled_is_compiled_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = '{"system": "openmp", "metric": "stencil2_us", "value": 3.5, "low": 3, "high": 4}'
    compiling = f"mkdir -p {Path(COMPILED).parent}; touch {COMPILED}"
    results = ran(tmp_path, monkeypatch, f"echo '{line}'", compiling)
    assert results.problems == []
    assert len(results.rows) == 1


def test_a_program_older_than_its_sources_is_compiled_again(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = built / "bench/src/main/java/fonio/bench/TaskBench.java"
    source.parent.mkdir(parents=True)
    source.touch()
    os.utime(built / COMPILED, (1, 1))
    ran(built, monkeypatch, "exit 0", "touch compiled-again")
    assert (built / "compiled-again").exists()
    ran(built, monkeypatch, "exit 0", "touch twice")
    assert not (built / "twice").exists()


def test_a_program_that_cannot_be_compiled_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = ran(tmp_path, monkeypatch, "exit 0", "echo '[ERROR] no such thing'; exit 1")
    assert "[ERROR] no such thing; ./mvnw -pl bench -am compile" in results.problems[0].text
