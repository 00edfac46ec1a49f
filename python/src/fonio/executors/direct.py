"""The direct executor: worker processes on this machine, fed by the engine itself."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from fonio._checks import at_least, of_type, one_of
from fonio._settings import ExecutorSettings, available_cores
from fonio.errors import ConfigurationError

_PLACEMENTS = ("least_loaded", "round_robin", "random")
_QUEUES = ("worker", "shared")


class DirectExecutor:
    """Runs tasks in worker processes of this machine.

    `workers` is the number of processes; too few leave cores idle, more than there are cores take
    turns. The default is the cores that this process may use (FONIO_WORKERS overrides both).
    `max_tasks_per_child` replaces a worker after so many tasks. `preload` names modules that a
    worker imports before its first task. `kills` is how often a task may end its worker before it
    fails for good. `storage_access` lists the staging of files; the first that can is used.
    """

    def __init__(
        self,
        label: str = "direct",
        workers: int | None = None,
        *,
        cpu_affinity: str = "none",
        max_tasks_per_child: int | None = None,
        env: Mapping[str, str] | None = None,
        preload: Sequence[str] = (),
        placement: str = "least_loaded",
        queue: str = "worker",
        credit_us: int = 1000,
        kills: int = 3,
        storage_access: Sequence[Any] | None = None,
        working_dir: str | os.PathLike[str] | None = None,
    ) -> None:
        me = type(self).__name__
        of_type(me, "label", label, str, "a str")
        forced = os.environ.get("FONIO_WORKERS")
        if forced:
            if not forced.isdigit():
                raise ConfigurationError(f"FONIO_WORKERS={forced!r} is no number of workers")
            workers = int(forced)
        self.label = label
        self.workers = available_cores() if workers is None else at_least(me, "workers", workers, 1)
        self.cpu_affinity: str = of_type(me, "cpu_affinity", cpu_affinity, str, "a str")
        if max_tasks_per_child is not None:
            at_least(me, "max_tasks_per_child", max_tasks_per_child, 1)
        self.max_tasks_per_child = max_tasks_per_child
        self.env = dict(env or {})
        if isinstance(preload, str):
            raise TypeError(f"{me}: preload must be a list of module names, not {preload!r}")
        self.preload = tuple(preload)
        self.placement = one_of(me, "placement", placement, _PLACEMENTS)
        self.queue = one_of(me, "queue", queue, _QUEUES)
        self.credit_us = at_least(me, "credit_us", credit_us, 1)
        self.kills = at_least(me, "kills", kills, 1)
        self.storage_access = storage_access
        self.working_dir = None if working_dir is None else os.fspath(working_dir)

    def settings(self) -> ExecutorSettings:
        """What the engine is told."""
        return ExecutorSettings(
            label=self.label,
            workers=self.workers,
            cpu_affinity=self.cpu_affinity,
            max_tasks_per_child=self.max_tasks_per_child,
            env=self.env,
            preload=self.preload,
            placement=self.placement,
            queue=self.queue,
            credit_us=self.credit_us,
            kills=self.kills,
        )

    def __repr__(self) -> str:
        return f"DirectExecutor(label={self.label!r}, workers={self.workers})"
