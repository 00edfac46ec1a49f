"""Fixtures of the tests of the public surface, on the real engine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import fonio
from fonio import Config, DirectExecutor
from fonio._java import engine_jar
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
def home(tmp_path: Path) -> Iterator[str]:
    """A run folder of the test's own; what is loaded is cleared at the end."""
    yield str(tmp_path / ".fonio")
    fonio.clear()


@pytest.fixture
def engine(home: str) -> fonio.DataFlowKernel:
    """A loaded engine with two workers."""
    return fonio.load(Config(executors=[DirectExecutor(workers=2)], run_dir=home))
