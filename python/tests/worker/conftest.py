"""Fixtures: real workers, driven over both kinds of link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from driver import Driver


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Driver]]:
    """Starts workers; all are gone at the end."""
    drivers: list[Driver] = []

    def begin(**options: object) -> Driver:
        folder = tmp_path / f"run{len(drivers)}"
        folder.mkdir()
        drivers.append(Driver(folder, **options))
        return drivers[-1]

    yield begin
    for driver in drivers:
        driver.stop()


@pytest.fixture(params=[1 << 16, 0], ids=["rings", "socket"])
def worker(start: Callable[..., Driver], request: pytest.FixtureRequest) -> Driver:
    return start(capacity=request.param)


@pytest.fixture
def ring_worker(start: Callable[..., Driver]) -> Driver:
    return start()
