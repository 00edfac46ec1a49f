"""The standard library's `multiprocessing.Pool`, with the least that is needed to survive a docking that takes too long.

The kernel's alarm ends a worker at its limit: Vina holds Python's lock, so nothing inside the interpreter could. The pool then
starts a new worker but never tells what became of the task, so this adapter gives up on an answer some time after the limit.
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from engines import CHUNK, Failure

GRACE_SECONDS = 15.0
"""Time after a limit in which an answer may still arrive; it covers the start of a worker in the place of a killed one."""


class Pool:
    """Runs calls in a pool of processes; at most as many calls as workers should be started at once."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._answers: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._deadlines: dict[str, float] = {}

    def map(self, function: Callable[..., Any], items: Iterable[Any], *shared: Any) -> Iterator[Any]:
        return iter(self._pool.imap(partial(applied, function, shared), items, chunksize=CHUNK))

    def call(self, key: str, function: Callable[..., Any], *arguments: Any, limit_seconds: float) -> None:
        self._deadlines[key] = time.monotonic() + limit_seconds + GRACE_SECONDS
        self._pool.apply_async(
            limited,
            (limit_seconds, function, arguments),
            callback=lambda answer: self._answers.put((key, answer)),
            error_callback=lambda error: self._answers.put((key, Failure("error", f"{type(error).__name__}: {error}"))),
        )

    def finished(self) -> list[tuple[str, Any]]:
        while True:
            key = min(self._deadlines, key=lambda each: self._deadlines[each])
            try:
                answered, answer = self._answers.get(timeout=max(0.0, self._deadlines[key] - time.monotonic()))
            except queue.Empty:
                answered, answer = (
                    key,
                    Failure("time-out", "no answer: the worker was ended at its limit, or died"),
                )
            if self._deadlines.pop(answered, None) is not None:
                return [(answered, answer)]

    def account(self) -> dict[str, float] | None:
        return None

    def __enter__(self) -> Pool:
        self._pool = multiprocessing.get_context("spawn").Pool(self._workers, initializer=_ignore_interrupts)
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.terminate()
        self._pool.join()


def applied(function: Callable[..., Any], shared: tuple[Any, ...], item: Any) -> Any:
    """One short task."""
    return function(item, *shared)


def limited(limit_seconds: float, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """One long task, in a worker that the kernel ends at the limit."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limit_seconds)
    try:
        return function(*arguments)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def open_engine(workers: int) -> Pool:
    """The pool engine."""
    return Pool(workers)
