"""Parsl's high-throughput executor: as installed, and with logging off and prefetch."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

import parsl
from parsl.config import Config
from parsl.executors import HighThroughputExecutor
from parsl.logconfigs.noop import NoopLogging
from parsl.providers import LocalProvider

from .system import Call, Function, System


class Parsl(System):
    """`@python_app` on HTEX with a local block, everything else at its default."""

    name = "parsl"
    noops_per_second = 900.0
    has_dependencies = True
    _prefetch = 0
    _logging = True

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._run_dir = tempfile.mkdtemp(prefix="fonio-bench-parsl-")
        executor = HighThroughputExecutor(
            label="htex",
            address="127.0.0.1",
            max_workers_per_node=workers,
            cores_per_worker=min(1.0, len(os.sched_getaffinity(0)) / workers),
            prefetch_capacity=self._prefetch,
            provider=LocalProvider(init_blocks=1, max_blocks=1),
        )
        logs = True if self._logging else NoopLogging()
        parsl.load(Config(executors=[executor], run_dir=self._run_dir, initialize_logging=logs))

    def app(self, function: Function) -> Call:
        return parsl.python_app(function)

    def one(self, handle: Any, timeout_seconds: float | None = None) -> Any:
        return handle.result(timeout_seconds)

    def all(self, handles: Sequence[Any]) -> list[Any]:
        return [handle.result() for handle in handles]

    def map(self, function: Function, values: Iterable[Any]) -> list[Any]:
        call = self.app(function)
        return self.all([call(value) for value in values])

    def close(self) -> None:
        parsl.dfk().cleanup()
        parsl.clear()
        shutil.rmtree(self._run_dir, ignore_errors=True)


class ParslFast(Parsl):
    """The same without log files and with 100 tasks of prefetch."""

    name = "parsl-fast"
    noops_per_second = 2_700.0
    _prefetch = 100
    _logging = False
