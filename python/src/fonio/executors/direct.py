"""The direct executor: worker processes on this machine, fed by the engine itself."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from fonio._checks import a_folder, at_least, of_type
from fonio._chosen import chosen, whole, word
from fonio._settings import ExecutorSettings, available_cores
from fonio.executors._base import EngineExecutor

_PLACEMENTS = ("least_loaded", "round_robin", "random")
_QUEUES = ("worker", "shared")


class DirectExecutor(EngineExecutor):
    """An executor that runs tasks in worker processes of this machine.

    `workers` is the number of processes; too few leave cores idle, more than there are cores take
    turns. The default is the cores that this process may use.
    `max_tasks_per_child` replaces a worker after so many tasks. `preload` names modules that a
    worker imports before its first task. `kills` is how often a task may end its worker before it
    fails for good. `queue` says where tasks wait: `worker` gives each worker about a millisecond of
    work ahead, `shared` no more than one frame behind the one that it runs. `storage_access` lists
    the staging of files; the first that can is used. `cpu_affinity` is none, block, alternating,
    block-reverse or list:0,1:2,3 (the cores of each worker). `placement` says which worker gets a
    task. `credit_us` is how much work, in microseconds, lies ready at a worker.

    What is None comes from fonio.toml or has its default: `cpu_affinity` none, `placement`
    least_loaded, `queue` worker, `credit_us` 1000, `kills` 3. FONIO_WORKERS, FONIO_KILLS and so on
    are stronger than what is given.
    """

    def __init__(
        self,
        label: str = "direct",
        workers: int | None = None,
        *,
        cpu_affinity: str | None = None,
        max_tasks_per_child: int | None = None,
        env: Mapping[str, str] | None = None,
        preload: Sequence[str] | None = None,
        placement: str | None = None,
        queue: str | None = None,
        credit_us: int | None = None,
        kills: int | None = None,
        storage_access: Sequence[Any] | None = None,
        working_dir: str | os.PathLike[str] | None = None,
    ) -> None:
        me = type(self).__name__
        of_type(me, "label", label, str, "a str")
        self.label = label
        self.workers = whole(me, "workers", workers, available_cores(), 1)
        affinity = chosen("cpu_affinity", cpu_affinity, "none")
        self.cpu_affinity: str = of_type(me, "cpu_affinity", affinity, str, "a str")
        children = chosen("max_tasks_per_child", max_tasks_per_child, None)
        if children is not None:
            at_least(me, "max_tasks_per_child", children, 1)
        self.max_tasks_per_child = children
        self.env = dict(env or {})
        modules = chosen("preload", preload, ())
        if isinstance(modules, str):
            raise TypeError(f"{me}: preload must be a list of module names, not {modules!r}")
        self.preload = tuple(modules)
        self.placement = word(me, "placement", placement, _PLACEMENTS)
        self.queue = word(me, "queue", queue, _QUEUES)
        self.credit_us = whole(me, "credit_us", credit_us, 1000, 1)
        self.kills = whole(me, "kills", kills, 3, 1)
        self.storage_access = storage_access
        self.working_dir = a_folder("DirectExecutor", "working_dir", working_dir)

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
