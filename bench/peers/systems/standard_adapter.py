"""The standard library: `ProcessPoolExecutor` and `multiprocessing.Pool`."""

from __future__ import annotations

import multiprocessing.pool
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from .system import Call, Function, System


class ProcessPool(System):
    """A `concurrent.futures.ProcessPoolExecutor`."""

    name = "processpool"
    noops_per_second = 11_000.0

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._pool = ProcessPoolExecutor(workers)

    def app(self, function: Function) -> Call:
        submit = self._pool.submit
        return lambda *args: submit(function, *args)

    def one(self, handle: Any, timeout_seconds: float | None = None) -> Any:
        return handle.result(timeout_seconds)

    def all(self, handles: Sequence[Any]) -> list[Any]:
        return [handle.result() for handle in handles]

    def map(self, function: Function, values: Iterable[Any]) -> list[Any]:
        known = list(values)
        return list(self._pool.map(function, known, chunksize=max(1, len(known) // 8)))

    def stream(self, function: Function, values: Iterable[Any]) -> Iterator[Any]:
        return self._pool.map(function, values)

    def close(self) -> None:
        self._pool.shutdown()


class Pool(System):
    """A `multiprocessing.Pool`; single tasks by `apply_async`."""

    name = "pool"
    noops_per_second = 40_000.0

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._pool = multiprocessing.pool.Pool(workers)

    def app(self, function: Function) -> Call:
        apply = self._pool.apply_async
        return lambda *args: apply(function, args)

    def one(self, handle: Any, timeout_seconds: float | None = None) -> Any:
        return handle.get(timeout_seconds)

    def all(self, handles: Sequence[Any]) -> list[Any]:
        return [handle.get() for handle in handles]

    def map(self, function: Function, values: Iterable[Any]) -> list[Any]:
        return self._pool.map(function, values)

    def stream(self, function: Function, values: Iterable[Any]) -> Iterator[Any]:
        return self._pool.imap(function, values)

    def close(self) -> None:
        self._pool.terminate()
        self._pool.join()
