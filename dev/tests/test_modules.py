"""A module with a jar of its own is built by the first run that uses it, and by no other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from launch import Tree

USER = """\
import os, subprocess, sys
builder = os.environ["FONIO_BUILDER"]
sys.exit(subprocess.run([builder, *sys.argv[1:]]).returncode)
"""


@pytest.fixture
def jar(tree: Tree) -> Path:
    """The jar of the module of pods, which Maven makes and which is not there."""
    (tree.root / "kubernetes/src/main").mkdir(parents=True)
    (tree.root / "kubernetes/pom.xml").touch()
    built = tree.root / "kubernetes/target/fonio-kubernetes.jar"
    tree.program(tree.root / "mvnw", f'mkdir -p "{built.parent}"; echo "$*"; : >"{built}"\n')
    return built


def test_a_run_that_does_not_use_it_does_not_build_it(tree: Tree, jar: Path) -> None:
    assert tree.run("run", tree.script("job.py", "")).returncode == 0
    assert not jar.exists()


def test_a_run_that_uses_it_builds_it_once_and_without_the_engine(tree: Tree, jar: Path) -> None:
    job = tree.script("job.py", USER)
    first = tree.run("run", job, "kubernetes")
    assert first.returncode == 0, first.stderr
    log = tree.root / "target/build-kubernetes.log"
    assert f"building the module kubernetes (first use; log: {log})" in first.stderr
    assert "-Dquick -pl kubernetes -am package" in log.read_text()
    assert jar.exists()
    assert "building" not in tree.run("run", job, "kubernetes").stderr


@pytest.mark.parametrize("source", ["kubernetes/src/main/Pod.java", "providers/pom.xml"])
def test_it_is_built_again_when_a_source_of_it_is_newer(tree: Tree, jar: Path, source: str) -> None:
    job = tree.script("job.py", USER)
    tree.run("run", job, "kubernetes")
    (tree.root / source).touch()
    later = jar.stat().st_mtime + 5
    os.utime(tree.root / source, (later, later))
    assert "building the module kubernetes" in tree.run("run", job, "kubernetes").stderr


def test_a_build_that_fails_says_why(tree: Tree, jar: Path) -> None:
    tree.program(tree.root / "mvnw", 'echo "[ERROR] Pod.java is wrong"; exit 1\n')
    done = tree.run("run", tree.script("job.py", USER), "kubernetes")
    assert done.returncode == 3
    assert "the module kubernetes could not be built, see " in done.stderr
    assert "[ERROR] Pod.java is wrong" in done.stderr


def test_a_module_that_nobody_knows_is_named(tree: Tree) -> None:
    done = tree.run("run", tree.script("job.py", USER), "docker")
    assert done.returncode == 2 and "does not know the module docker" in done.stderr
