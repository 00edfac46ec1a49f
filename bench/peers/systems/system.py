"""What every measured system can do, in the words of the measurements."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

Function = Callable[..., Any]
Call = Callable[..., Any]


class System(ABC):
    """A running system of workers. `noops_per_second` is a rough size from which bursts are chosen."""

    name = "?"
    noops_per_second = 1_000.0
    has_dependencies = False
    """Whether a handle may be an argument of a later call."""
    hops_at_once = 1
    """A chain has a multiple of so many links."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    @abstractmethod
    def app(self, function: Function) -> Call:
        """A callable that starts one task and returns its handle."""

    @abstractmethod
    def one(self, handle: Any, timeout_seconds: float | None = None) -> Any:
        """The result of one task."""

    def all(self, handles: Sequence[Any]) -> list[Any]:
        """The results of many tasks, in order."""
        one = self.one
        return [one(handle) for handle in handles]

    def map(self, function: Function, values: Iterable[Any]) -> list[Any]:
        """The best way of this system to call one function on many small values."""
        call = self.app(function)
        return self.all([call(value) for value in values])

    def stream(self, function: Function, values: Iterable[Any]) -> Iterator[Any]:
        """Results one after the other as they come, in order, without holding all of them."""
        raise CannotDo(f"{self.name} has no map that hands over results as they come")

    def chain(self, call: Call, length: int) -> Any:
        """The end of a chain of tasks, each of which needs the one before it."""
        if not self.has_dependencies:
            value: Any = 0
            for _ in range(length):
                value = self.one(call(value))
            return value
        handle = call(0)
        for _ in range(length - 1):
            handle = call(handle)
        return self.one(handle)

    def tree(self, leaf: Call, add: Call, leaves: int) -> Any:
        """The root of a binary reduction tree; levels are awaited where handles cannot be arguments."""
        row = [leaf(i) for i in range(leaves)]
        while len(row) > 1:
            values = row if self.has_dependencies else self.all(row)
            row = [add(a, b) for a, b in zip(values[::2], values[1::2], strict=True)]
        return self.one(row[0])

    @abstractmethod
    def close(self) -> None:
        """Stops the system."""


class CannotDo(Exception):
    """The system cannot do what a measurement asks; the row stays empty."""
