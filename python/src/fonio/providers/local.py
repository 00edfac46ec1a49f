"""Blocks on this machine."""

from __future__ import annotations

from fonio.errors import ConfigurationError
from fonio.launchers import Launcher, SingleNodeLauncher
from fonio.providers._provider import Provider


class LocalProvider(Provider):
    """Blocks that are processes of this machine: for a laptop, or inside of a batch job."""

    word = "local"

    def __init__(
        self,
        nodes_per_block: int = 1,
        launcher: Launcher | None = None,
        init_blocks: int = 1,
        min_blocks: int = 0,
        max_blocks: int = 1,
        worker_init: str = "",
        cmd_timeout: float = 30,
        parallelism: float = 1,
    ) -> None:
        launcher = SingleNodeLauncher() if launcher is None else launcher
        self._take(locals())

    def _check_launcher(self, me: str) -> None:
        """Any launcher will do on one node."""
        if self.nodes_per_block != 1:
            raise ConfigurationError(
                f"{me}: nodes_per_block is {self.nodes_per_block}: this machine is 1 node; "
                "use SSHProvider(hosts=[...]) for several"
            )
