"""Parsl with its high-throughput executor, for comparison. requirements-parsl.lock holds it, requirements.lock does not.

Parsl ends a `walltime` by a signal within the interpreter, which Vina does not let through, so the kernel's alarm ends the
worker here as in `engine_pool.py`, and Parsl then reports a lost worker. Short tasks are sent in chunks, the model with each.
"""

from __future__ import annotations

import concurrent.futures
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from engine_pool import limited
from engines import CHUNK, Failure

try:
    import parsl
    from parsl.executors import HighThroughputExecutor
    from parsl.providers import LocalProvider
except ImportError as missing:
    lock = Path(__file__).with_name("requirements-parsl.lock")
    raise SystemExit(
        f"--engine parsl needs Parsl ({missing}). Install it into this environment with: "
        f"{sys.executable} -m pip install --no-deps -r {lock}"
    ) from missing

AHEAD = 8
"""Chunks in flight for each worker: fewer let workers wait, more hold more results in memory."""

LOOK_SECONDS = 2
"""How often a manager looks for lost workers; 30 by default, which a docking over its limit would wait for."""


class Parsl:
    """Runs everything in one run of Parsl."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._running: dict[Any, tuple[str, float]] = {}

    def map(self, function: Callable[..., Any], items: Iterable[Any], *shared: Any) -> Iterator[Any]:
        source, out = iter(items), deque[Any]()
        while True:
            while len(out) < AHEAD * self._workers and (chunk := list(islice(source, CHUNK))):
                out.append(self._chunk(function, chunk, shared))
            if not out:
                return
            yield from out.popleft().result()

    def call(self, key: str, function: Callable[..., Any], *arguments: Any, limit_seconds: float) -> None:
        self._running[self._long(limit_seconds, function, arguments)] = key, time.monotonic() + limit_seconds

    def finished(self) -> list[tuple[str, Any]]:
        done, _ = concurrent.futures.wait(self._running, return_when=concurrent.futures.FIRST_COMPLETED)
        return [(key, _answer(future, late)) for future in done for key, late in [self._running.pop(future)]]

    def account(self) -> dict[str, float] | None:
        return None

    def __enter__(self) -> Parsl:
        self._folder = tempfile.TemporaryDirectory(prefix="parsl-")
        here = Path(__file__).parent
        os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        executor = HighThroughputExecutor(
            label="workers",
            max_workers_per_node=self._workers,
            cores_per_worker=1e-6,
            address="127.0.0.1",
            heartbeat_period=LOOK_SECONDS,
            provider=LocalProvider(init_blocks=1, max_blocks=1, worker_init=f"export PYTHONPATH={here}:$PYTHONPATH"),
        )
        self._run = parsl.load(parsl.Config(executors=[executor], run_dir=self._folder.name, usage_tracking=0))
        self._chunk = parsl.python_app(chunked)
        self._long = parsl.python_app(limited)
        return self

    def __exit__(self, *_: object) -> None:
        self._run.cleanup()
        parsl.clear()
        self._folder.cleanup()


def chunked(function: Callable[..., Any], items: list[Any], shared: tuple[Any, ...]) -> list[Any]:
    """Some short tasks."""
    return [function(item, *shared) for item in items]


def _answer(future: Any, late: float) -> Any:
    try:
        return future.result()
    except Exception as problem:
        lost = type(problem).__name__ == "WorkerLost"
        reason = "error" if not lost else "time-out" if time.monotonic() >= late else "worker lost"
        return Failure(reason, f"{type(problem).__name__}: {problem}")


def open_engine(workers: int) -> Parsl:
    """The Parsl engine."""
    return Parsl(workers)
