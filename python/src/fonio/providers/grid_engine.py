"""Blocks that are jobs of Grid Engine."""

from __future__ import annotations

from fonio.launchers import Launcher, SingleNodeLauncher
from fonio.providers._provider import Provider


class GridEngineProvider(Provider):
    """Blocks that are jobs of Grid Engine, submitted by qsub."""

    word = "grid_engine"

    def __init__(
        self,
        nodes_per_block: int = 1,
        init_blocks: int = 1,
        min_blocks: int = 0,
        max_blocks: int = 1,
        parallelism: float = 1,
        walltime: str = "00:10:00",
        scheduler_options: str = "",
        worker_init: str = "",
        launcher: Launcher | None = None,
        cmd_timeout: float = 60,
        queue: str | None = None,
    ) -> None:
        launcher = SingleNodeLauncher() if launcher is None else launcher
        self._take(locals())
