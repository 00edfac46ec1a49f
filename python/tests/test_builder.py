"""A module that a provider needs is built before the engine starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonio.errors import EnvironmentNeeded
from fonio.executors import HighThroughputExecutor
from fonio.providers import KubernetesProvider, LocalProvider


@pytest.fixture
def builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A builder that notes what it is asked for."""
    program = tmp_path / "build_module"
    program.write_text(f'#!/bin/sh\necho "$*" >>{tmp_path}/asked\n')
    program.chmod(0o755)
    (tmp_path / "asked").touch()
    monkeypatch.setenv("FONIO_BUILDER", str(program))
    monkeypatch.delenv("FONIO_KUBERNETES_JAR", raising=False)
    return program


def asked(builder: Path) -> list[str]:
    return builder.with_name("asked").read_text().splitlines()


def pods() -> HighThroughputExecutor:
    return HighThroughputExecutor(provider=KubernetesProvider("fonio:1"))


def test_an_executor_of_pods_has_their_module_built(builder: Path) -> None:
    executor = pods()
    assert asked(builder) == []
    executor.settings()
    assert asked(builder) == ["kubernetes"]


def test_no_other_executor_has_anything_built(builder: Path) -> None:
    HighThroughputExecutor(provider=LocalProvider()).settings()
    assert asked(builder) == []


def test_a_jar_that_is_named_is_not_built(builder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONIO_KUBERNETES_JAR", "/somewhere.jar")
    pods().settings()
    assert asked(builder) == []


def test_a_build_that_fails_is_an_error_of_its_own(builder: Path) -> None:
    builder.write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(EnvironmentNeeded, match=r"the module kubernetes is not there: .*code 3"):
        pods().settings()


def test_a_builder_that_cannot_be_started_is_named(builder: Path) -> None:
    builder.unlink()
    with pytest.raises(EnvironmentNeeded, match=r"FONIO_BUILDER=.* cannot be started: No such"):
        pods().settings()
