"""The executor of MPI programs: tasks that take whole nodes of a block."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from fonio.errors import ConfigurationError
from fonio.executors._blocks import POLL_PERIOD_MS, BlockExecutor
from fonio.launchers import SimpleLauncher
from fonio.providers import LocalProvider, Provider


class MPIExecutor(BlockExecutor):
    """An executor whose tasks start MPI programs on nodes of their own.

    Its provider's launcher is SimpleLauncher(): one manager a block shares out the block's nodes.
    A call says what it needs in its `parsl_resource_specification`: `num_nodes`, `ranks_per_node`,
    `num_ranks`, `launcher_options`. `max_workers_per_block` is how many such tasks run in a block
    at a time, and `mpi_launcher` (mpiexec, srun or aprun) is what the task finds ready to use in
    PARSL_MPI_PREFIX. Everything else is as for HighThroughputExecutor.
    """

    word = "mpi"

    def __init__(
        self,
        label: str = "MPIExecutor",
        provider: Provider | None = None,
        launch_cmd: str | None = None,
        interchange_launch_cmd: Sequence[str] | None = None,
        address: str | None = None,
        loopback_address: str = "127.0.0.1",
        worker_port: int | None = None,
        worker_port_range: tuple[int, int] = (54000, 55000),
        interchange_port_range: tuple[int, int] = (55000, 56000),
        storage_access: Sequence[Any] | None = None,
        working_dir: str | os.PathLike[str] | None = None,
        worker_debug: bool = False,
        max_workers_per_block: int = 1,
        prefetch_capacity: int = 0,
        heartbeat_threshold: float = 15,
        heartbeat_period: float = 5,
        drain_period: float | None = None,
        poll_period: float = POLL_PERIOD_MS,
        address_probe_timeout: float | None = None,
        worker_logdir_root: str | None = None,
        mpi_launcher: str = "mpiexec",
        block_error_handler: bool | str = True,
        encrypted: bool | None = None,
        remote_monitoring_radio: Any = None,
        *,
        max_tasks_per_child: int | None = None,
        env: Mapping[str, str] | None = None,
        preload: Sequence[str] | None = None,
        credit_us: int | None = None,
        kills: int | None = None,
        python: str | None = None,
        **old: Any,
    ) -> None:
        if provider is None:
            provider = LocalProvider(launcher=SimpleLauncher())
        self._open(locals(), old)
        launcher = getattr(self.provider, "launcher", None)
        if not isinstance(launcher, SimpleLauncher):
            raise ConfigurationError(
                f"MPIExecutor: the launcher of provider is {launcher!r}: use "
                "SimpleLauncher(), as one manager a block shares out the block's nodes"
            )
