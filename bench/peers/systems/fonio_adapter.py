"""Fonio with its direct executor, by the same calls that a user writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import fonio

from .system import Call, Function, System


class Fonio(System):
    """`fonio.load` with a `DirectExecutor`."""

    name = "fonio"
    noops_per_second = 800_000.0
    has_dependencies = True

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._engine = fonio.load(fonio.Config(executors=[fonio.DirectExecutor(workers=workers)]))

    def app(self, function: Function) -> Call:
        return fonio.python_app(function)

    def one(self, handle: Any, timeout_seconds: float | None = None) -> Any:
        return handle.result(timeout_seconds)

    def all(self, handles: Sequence[Any]) -> list[Any]:
        return [handle.result() for handle in handles]

    def map(self, function: Function, values: Iterable[Any]) -> list[Any]:
        return list(fonio.map(function, values))

    def stream(self, function: Function, values: Iterable[Any]) -> Iterator[Any]:
        return iter(fonio.map(function, values))

    def close(self) -> None:
        self._engine.cleanup()
        fonio.clear()
