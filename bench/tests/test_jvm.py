"""How the figures of a program in the JVM are taken over."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from peers import environment, jvm
from peers.results import Interval, Key, Results


def ran(root: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Results:
    """The results of a program that does what this shell script does."""
    java = root / "java"
    java.write_text(f"#!/bin/sh\n{script}\n")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(environment, "java", lambda _: java)
    compiled = root / "bench/target/classes/fonio/bench/TaskBench.class"
    compiled.parent.mkdir(parents=True)
    compiled.touch()
    results = Results({}, quick=True)
    jvm.run(root, "taskbench", results, quick=True)
    return results


def test_a_line_with_an_interval_becomes_a_row_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = '{"system": "openmp", "metric": "stencil2_us", "value": 3.5, "low": 3, "high": 4}'
    results = ran(tmp_path, monkeypatch, f"echo '{line}'; echo other words")
    key = Key("taskbench", "stencil2_us", "openmp")
    assert results.rows == {key: {0: 3.5}}
    assert results.spread(key) == Interval(3, 4)
    assert results.problems == []


def test_a_program_that_breaks_is_a_problem_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = ran(tmp_path, monkeypatch, "echo no memory >&2; exit 3")
    assert [problem.text for problem in results.problems] == ["exit code 3: no memory"]


def test_a_program_that_was_not_built_says_how(tmp_path: Path) -> None:
    results = Results({}, quick=True)
    jvm.run(tmp_path, "taskbench", results, quick=True)
    assert "./mvnw -pl bench -am package" in results.problems[0].text
