"""Blocks that are jobs of Slurm."""

from __future__ import annotations

from fonio.launchers import Launcher, SingleNodeLauncher
from fonio.providers._provider import Provider


class SlurmProvider(Provider):
    """Blocks that are jobs of Slurm, submitted by sbatch.

    `cores_per_node`, `mem_per_node` (GB), `gpus_per_node` and `gres` ask for parts of a node,
    `exclusive` for whole ones. `scheduler_options` are lines of `#SBATCH` for what is not here.
    """

    word = "slurm"

    def __init__(
        self,
        partition: str | None = None,
        account: str | None = None,
        qos: str | None = None,
        constraint: str | None = None,
        clusters: str | None = None,
        nodes_per_block: int = 1,
        cores_per_node: int | None = None,
        mem_per_node: int | None = None,
        gpus_per_node: int | None = None,
        gres: str | None = None,
        init_blocks: int = 1,
        min_blocks: int = 0,
        max_blocks: int = 1,
        parallelism: float = 1,
        walltime: str = "00:10:00",
        scheduler_options: str = "",
        regex_job_id: str = r"Submitted batch job (?P<id>\S*)",
        worker_init: str = "",
        cmd_timeout: float = 10,
        status_batch_size: int = 50,
        exclusive: bool = True,
        launcher: Launcher | None = None,
    ) -> None:
        launcher = SingleNodeLauncher() if launcher is None else launcher
        self._take(locals())
