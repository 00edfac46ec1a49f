"""The high-throughput executor: workers on many nodes, in blocks that come and go."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from fonio.executors._blocks import POLL_PERIOD_MS, BlockExecutor
from fonio.executors.high_throughput.manager_selector import ManagerSelector, RandomManagerSelector
from fonio.providers import Provider


class HighThroughputExecutor(BlockExecutor):
    """An executor that runs tasks in worker processes on many nodes.

    `provider` gives blocks of nodes; on each node a manager starts as many workers as the least of
    `max_workers_per_node`, cores / `cores_per_worker`, memory / `mem_per_worker` (GB) and, where
    there are any, `available_accelerators` (a number, or names; each worker has one). Too few leave
    cores idle, more than there are cores take turns. `prefetch_capacity` is how many more tasks
    wait at a node: too few leave workers idle between tasks, too many wait while others are free.
    `cpu_affinity` is none, block, alternating, block-reverse or list:0,1:2,3.

    Managers connect to `address` at `worker_port`, or one of `worker_port_range`. Who is silent for
    `heartbeat_threshold` seconds is lost: its tasks run again elsewhere. `drain_period` is how many
    seconds a manager takes tasks; set it below the provider's walltime. `encrypted` is by default
    what the address asks for: links that leave this machine are. `launch_cmd` is shell text
    around the manager's command, which stands where {command} does; it may have {block_id},
    {addresses}, {worker_port}, {logdir} and names of parameters, such as {cores_per_worker}, and
    {{ and }} are braces. `interchange_launch_cmd` has no effect: the interchange is inside the
    engine. `block_error_handler` says when failing blocks end the tasks: True or
    'simple' when all fail, 'windowed' when the last three do, False never.

    `python` is the interpreter on the nodes. `max_tasks_per_child` replaces a worker after so many
    tasks, `env` holds variables of workers, `preload` names modules that a worker imports first,
    `credit_us` is how much work, in microseconds, lies ready at a worker, and `kills` is how often
    a task may end its worker before it fails for good.
    """

    word = "htex"

    def __init__(
        self,
        label: str = "HighThroughputExecutor",
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
        cores_per_worker: float = 1.0,
        mem_per_worker: float | None = None,
        max_workers_per_node: int | None = None,
        cpu_affinity: str | None = None,
        available_accelerators: int | Sequence[str] = (),
        prefetch_capacity: int = 0,
        heartbeat_threshold: float = 15,
        heartbeat_period: float = 5,
        drain_period: float | None = None,
        poll_period: float = POLL_PERIOD_MS,
        address_probe_timeout: float | None = None,
        worker_logdir_root: str | None = None,
        manager_selector: ManagerSelector | None = None,
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
        manager_selector = RandomManagerSelector() if manager_selector is None else manager_selector
        self._open(locals(), old)
