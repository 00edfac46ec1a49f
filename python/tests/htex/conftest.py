"""Fixtures of the tests of the high-throughput executor: real engines, managers and workers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from clusters import Cluster
from patience import eventually, is_alive

import fonio


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Executors on this machine; afterwards no process, segment or socket of theirs is there."""
    before = {*os.listdir("/dev/shm")}
    made = Cluster(tmp_path / ".fonio")
    yield made
    fonio.clear()
    for pid in made.seen:
        eventually(lambda pid=pid: not is_alive(pid), f"the end of manager {pid}", 10)

    def leftovers() -> list[str]:
        return [
            name
            for name in os.listdir("/dev/shm")
            if name not in before and _mentions(f"/dev/shm/{name}", str(tmp_path))
        ]

    eventually(lambda: not leftovers(), "nothing left in shared memory", 10)


def _mentions(folder: str, home: str) -> bool:
    """Whether a run folder belongs to this test: its lock names the spill folder of the run."""
    try:
        return home in Path(folder, "lock").read_text()
    except OSError:
        return False
