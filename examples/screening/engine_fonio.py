"""Fonio: short tasks by `fonio.map`, the model by `fonio.share`, dockings by an app with a wall time.

A docking that takes longer than its wall time is ended with its worker, although Vina holds Python's lock; a new worker takes
its place. Dockings that were done are read from `dockings.jsonl`, so the apps need no cache of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from typing import Any

import fonio
from fonio import Config, DirectExecutor
from fonio.errors import AppTimeout, EngineLostError, WorkerLost

from engines import Failure

ACCOUNT = ("tasks", "failed", "wall_seconds", "work_seconds", "overhead_per_task_us", "efficiency")


class Fonio:
    """Runs everything in one session of Fonio."""

    def __init__(self, workers: int) -> None:
        self._config = Config(executors=[DirectExecutor(workers=workers)])
        self._apps: dict[tuple[Callable[..., Any], float], Any] = {}
        self._running: dict[Any, str] = {}

    def map(self, function: Callable[..., Any], items: Iterable[Any], *shared: Any) -> Iterator[Any]:
        handles = [fonio.share(value) for value in shared]
        answers = fonio.map(function, items, *(repeat(handle) for handle in handles))
        try:
            yield from answers
        finally:
            answers.close()
            for handle in handles:
                handle.release()

    def call(self, key: str, function: Callable[..., Any], *arguments: Any, limit_seconds: float) -> None:
        if (app := self._apps.get((function, limit_seconds))) is None:
            app = self._apps[function, limit_seconds] = fonio.python_app(function, walltime=limit_seconds)
        self._running[app(*arguments)] = key

    def finished(self) -> list[tuple[str, Any]]:
        done, _ = fonio.wait(self._running, return_when="FIRST_COMPLETED")
        return [(self._running.pop(future), _answer(future)) for future in done]

    def account(self) -> dict[str, float] | None:
        account = self._engine.account()
        return {name: getattr(account, name) for name in ACCOUNT}

    def __enter__(self) -> Fonio:
        self._loaded = fonio.load(self._config)
        self._engine = self._loaded.__enter__()
        return self

    def __exit__(self, *problem: Any) -> None:
        self._loaded.__exit__(*problem)


def _answer(future: Any) -> Any:
    try:
        return future.result()
    except EngineLostError:
        raise
    except AppTimeout as problem:
        return Failure("time-out", str(problem))
    except WorkerLost as problem:
        return Failure("worker lost", str(problem))
    except Exception as problem:
        return Failure("error", f"{type(problem).__name__}: {problem}")


def open_engine(workers: int) -> Fonio:
    """The engine this example is about."""
    return Fonio(workers)
