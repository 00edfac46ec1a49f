"""The engine's AOT cache: made once, in place of those of former builds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from fonio import _aot, _java


class FakeEngine:
    """An engine that does nothing but write its cache."""

    session = None

    def __init__(self, settings: Any) -> None:
        (option,) = settings.java_options
        Path(option.removeprefix("-XX:AOTCacheOutput=")).write_text("cache")

    def close(self, finish: bool, patience_s: float) -> None:
        pass


@pytest.fixture
def jar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The jar of an engine whose cache can be made without a JVM."""
    home, made = tmp_path / "jdk", tmp_path / "fonio-engine.jar"
    home.mkdir()
    (home / "release").write_text('JAVA_VERSION="25"\n')
    made.write_text("first build")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(_aot, "java_home", lambda: home)
    monkeypatch.setattr(_aot, "engine_jar", lambda: made)
    monkeypatch.setattr(_aot, "_exercise", lambda session, workers, nodes: None)
    monkeypatch.setattr("fonio._engine.Engine", FakeEngine)
    return made


def caches(of: Path) -> list[Path]:
    return sorted((of.parent / "cache" / "fonio").iterdir())


def test_a_cache_that_is_there_is_not_made_again(jar: Path) -> None:
    first = _aot.train()
    first.write_text("kept")
    assert _aot.train() == first and first.read_text() == "kept"


def test_a_new_build_of_a_jar_takes_the_place_of_its_former_cache(jar: Path) -> None:
    first = _aot.train()
    jar.write_text("second build, longer")
    second = _aot.train()
    assert second != first and caches(jar) == [second]


def test_caches_of_other_jars_and_of_other_javas_stay(
    jar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _aot.train()
    other = jar.with_name("other.jar")
    other.write_text("another tree")
    monkeypatch.setattr(_aot, "engine_jar", lambda: other)
    second = _aot.train()
    home = jar.with_name("jdk26")
    home.mkdir()
    (home / "release").write_text('JAVA_VERSION="26"\n')
    monkeypatch.setattr(_aot, "java_home", lambda: home)
    third = _aot.train()
    assert caches(jar) == sorted([first, second, third])


def test_the_name_of_a_cache_tells_the_build_by_size_and_time(jar: Path) -> None:
    home = jar.with_name("jdk")
    first = _java.aot_cache(home, jar)
    assert _java.former_caches(first) == []
    os.utime(jar, (1, 1))
    assert _java.aot_cache(home, jar) != first
