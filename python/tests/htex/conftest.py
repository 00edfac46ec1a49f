"""Fixtures of the tests of the high-throughput executor: real engines, managers and workers."""

from __future__ import annotations

import glob
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import fonio
from fonio import Config
from fonio.executors import HighThroughputExecutor
from fonio.providers import LocalProvider

PATIENCE_S = 60.0


def eventually(what: Callable[[], Any], why: str, within_s: float = PATIENCE_S) -> Any:
    """The first value that is true; fails after a while."""
    deadline = time.monotonic() + within_s
    while True:
        value = what()
        if value:
            return value
        if time.monotonic() > deadline:
            pytest.fail(f"not within {within_s:g} s: {why}")
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state not in "ZX"


class Cluster:
    """A loaded engine with one executor of blocks on this machine."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.seen: set[int] = set()

    def load(self, blocks: int = 2, workers: int = 1, **options: Any) -> fonio.DataFlowKernel:
        """Loads an executor of so many blocks, each of so many workers."""
        config = {key: options.pop(key) for key in ("retries", "app_cache") if key in options}
        provider = options.pop(
            "provider", LocalProvider(init_blocks=blocks, min_blocks=blocks, max_blocks=blocks)
        )
        executor = HighThroughputExecutor(
            label="h", max_workers_per_node=workers, provider=provider, **options
        )
        self.kernel = fonio.load(Config(executors=[executor], run_dir=str(self.home), **config))
        return self.kernel

    def lines(self) -> dict[str, str]:
        """What the engine says of its blocks and managers."""
        return dict(self.kernel.session.query("workers"))

    def managers(self) -> dict[str, int]:
        """The process of each manager, by its name."""
        found = {}
        for name, line in self.lines().items():
            match = re.match(r"host \S+, pid (\d+), block", line)
            if match:
                found[name] = int(match[1])
        self.seen.update(found.values())
        return found

    def await_managers(self, count: int) -> dict[str, int]:
        """The managers, once there are so many."""
        return eventually(
            lambda: self.managers() if len(self.managers()) == count else None,
            f"{count} managers: {self.lines()}",
        )

    def log(self) -> str:
        """The engine's log."""
        return "\n".join([Path(p).read_text() for p in glob.glob(f"{self.home}/runs/*/engine.log")])


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
