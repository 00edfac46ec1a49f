"""Starts that fail: one clear error, and nothing left."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonio import _folders, _role
from fonio._engine import Engine
from fonio._settings import ExecutorSettings, Settings
from fonio.errors import ConfigurationError, EnvironmentNeeded, NestedUseError


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    java = tmp_path / "jdk"
    (java / "bin").mkdir(parents=True)
    (java / "release").write_text('JAVA_VERSION="25"\n')
    jar = tmp_path / "engine.jar"
    jar.write_bytes(b"")
    base = tmp_path / "shm"
    base.mkdir(mode=0o700)
    monkeypatch.setenv("FONIO_JDK", str(java))
    monkeypatch.setenv("FONIO_JAR", str(jar))
    monkeypatch.setattr(_folders, "_root", lambda: base)
    return Settings(
        executors=[ExecutorSettings(workers=1)], home=tmp_path / "home", start_timeout_s=0.3
    )


def java(tmp_path: Path, script: str) -> None:
    program = tmp_path / "jdk" / "bin" / "java"
    program.write_text("#!/bin/sh\n" + script)
    program.chmod(0o755)


def test_engine_that_ends_at_once_is_reported_with_its_last_words(settings, tmp_path):
    java(tmp_path, "echo no such class >&2; exit 1\n")
    with pytest.raises(EnvironmentNeeded, match=r"exit code 1[^$]*no such class"):
        Engine(settings)
    assert not list((tmp_path / "shm").iterdir())


def test_engine_that_refuses_its_configuration_is_quoted_alone(settings, tmp_path):
    said = "echo 'fonio engine: squeue: exit 0' >&2; printf 'fonio engine: x=1 is odd;\\nuse 2\\n'"
    java(tmp_path, f"{said} >&2; exit 2\n")
    with pytest.raises(ConfigurationError) as told:
        Engine(settings)
    assert str(told.value) == "x=1 is odd;\nuse 2"
    assert not list((tmp_path / "shm").iterdir())


def test_engine_that_lacks_something_is_no_error_of_the_configuration(settings, tmp_path):
    java(tmp_path, "echo 'fonio engine: the disk is full' >&2; exit 3\n")
    with pytest.raises(EnvironmentNeeded, match=r"exit code 3[^$]*the disk is full"):
        Engine(settings)


def test_engine_that_does_not_connect_is_killed(settings, tmp_path):
    java(tmp_path, f"echo $$ > {tmp_path}/pid; exec sleep 60\n")
    with pytest.raises(EnvironmentNeeded, match=r"did not connect in 0\.3 s"):
        Engine(settings)
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()
    assert not list((tmp_path / "shm").iterdir())


def test_missing_jar_says_how_to_build_it(settings, tmp_path, monkeypatch):
    java(tmp_path, "exit 0\n")
    monkeypatch.setenv("FONIO_JAR", str(tmp_path / "none.jar"))
    with pytest.raises(EnvironmentNeeded, match=r"none\.jar"):
        Engine(settings)


def test_nested_use_in_a_worker_is_refused(settings, monkeypatch):
    monkeypatch.setattr(_role, "inside_worker", True)
    with pytest.raises(NestedUseError, match="join_app"):
        Engine(settings)
