"""An executor of blocks on this machine, for tests."""

from __future__ import annotations

import glob
import re
from pathlib import Path
from typing import Any

from patience import eventually

import fonio
from fonio import Config
from fonio.executors import HighThroughputExecutor
from fonio.providers import LocalProvider


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
