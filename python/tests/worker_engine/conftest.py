"""Fixtures of the tests of workers: the real engine drives them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fonio._engine import Engine
from fonio._java import engine_jar
from fonio._settings import ExecutorSettings, Settings
from fonio.errors import EnvironmentNeeded

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mine = [item for item in items if HERE in item.path.parents]
    for item in mine:
        item.add_marker(pytest.mark.engine)
    try:
        engine_jar()
    except EnvironmentNeeded as problem:
        if not os.environ.get("CI"):
            for item in mine:
                item.add_marker(pytest.mark.skip(reason=str(problem)))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Engine]]:
    """Starts engines by the options of their one executor; all are closed and leave nothing."""
    engines: list[Engine] = []

    def begin(workers: int = 1, ring: bool = True, **options: object) -> Engine:
        executors = [ExecutorSettings(workers=workers, **options)]
        engine = Engine(Settings(executors=executors, home=tmp_path / ".fonio", ring=ring))
        engines.append(engine)
        return engine

    yield begin
    for engine in engines:
        engine.close()
        assert not engine.folders.segments.exists()
        assert not Path(f"/proc/{engine.pid}").exists()


@pytest.fixture(params=["rings", "socket"])
def engine(start: Callable[..., Engine], request: pytest.FixtureRequest) -> Engine:
    return start(ring=request.param == "rings")
