"""Blocks that are jobs of LSF."""

from __future__ import annotations

from fonio.errors import ConfigurationError
from fonio.launchers import Launcher, SingleNodeLauncher
from fonio.providers._provider import Provider


class LSFProvider(Provider):
    """Blocks that are jobs of LSF, submitted by bsub.

    With `request_by_nodes` a block asks for nodes, without it for `cores_per_block` slots.
    `bsub_redirection` hands the script to bsub by its stdin, as some sites want it.
    """

    word = "lsf"

    def __init__(
        self,
        nodes_per_block: int = 1,
        cores_per_block: int | None = None,
        cores_per_node: int | None = None,
        init_blocks: int = 1,
        min_blocks: int = 0,
        max_blocks: int = 1,
        parallelism: float = 1,
        walltime: str = "00:10:00",
        scheduler_options: str = "",
        worker_init: str = "",
        project: str | None = None,
        queue: str | None = None,
        cmd_timeout: float = 120,
        bsub_redirection: bool = False,
        request_by_nodes: bool = True,
        launcher: Launcher | None = None,
    ) -> None:
        launcher = SingleNodeLauncher() if launcher is None else launcher
        self._take(locals())
        if not request_by_nodes and cores_per_block is None:
            raise ConfigurationError(
                "LSFProvider: cores_per_block is None, and request_by_nodes is False: "
                "say how many slots a block asks for"
            )
