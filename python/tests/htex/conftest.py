"""Fixtures of the tests of the high-throughput executor: real engines, managers and workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from clusters import Cluster
from deadlines import await_no_more_than, run_folders
from patience import eventually, is_alive

import fonio


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Executors on this machine; afterwards no process and no folder in shared memory is left."""
    before = run_folders()
    made = Cluster(tmp_path / ".fonio")
    yield made
    fonio.clear()
    for pid in made.seen:
        eventually(lambda pid=pid: not is_alive(pid), f"the end of manager {pid}", 10)
    await_no_more_than(before)
