"""Blocks that are jobs of PBS Pro, or of Torque."""

from __future__ import annotations

from fonio.launchers import AprunLauncher, Launcher, SingleNodeLauncher
from fonio.providers._provider import Provider


class PBSProProvider(Provider):
    """Blocks that are jobs of PBS Pro (or OpenPBS), submitted by qsub.

    `select_options` are put behind `select=` (such as `ngpus=2`), `scheduler_options` are lines of
    `#PBS`.
    """

    word = "pbspro"

    def __init__(
        self,
        account: str | None = None,
        queue: str | None = None,
        scheduler_options: str = "",
        select_options: str = "",
        worker_init: str = "",
        nodes_per_block: int = 1,
        cpus_per_node: int = 1,
        init_blocks: int = 1,
        min_blocks: int = 0,
        max_blocks: int = 1,
        parallelism: float = 1,
        launcher: Launcher | None = None,
        walltime: str = "00:20:00",
        cmd_timeout: float = 120,
    ) -> None:
        launcher = SingleNodeLauncher() if launcher is None else launcher
        self._take(locals())


class TorqueProvider(Provider):
    """Blocks that are jobs of Torque, submitted by qsub; the default launcher is aprun's."""

    word = "torque"

    def __init__(
        self,
        account: str | None = None,
        queue: str | None = None,
        scheduler_options: str = "",
        worker_init: str = "",
        nodes_per_block: int = 1,
        init_blocks: int = 1,
        min_blocks: int = 0,
        max_blocks: int = 1,
        parallelism: float = 1,
        launcher: Launcher | None = None,
        walltime: str = "00:20:00",
        cmd_timeout: float = 120,
    ) -> None:
        launcher = AprunLauncher() if launcher is None else launcher
        self._take(locals())
