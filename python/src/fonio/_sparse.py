"""The futures of tasks that another client submitted: few of them, with any numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fonio._future import PENDING, Future

if TYPE_CHECKING:
    from fonio._app import TaskClass


class Sparse:
    """Futures by number; the members of `Pending` that an inbox needs."""

    def __init__(self) -> None:
        self._futures: dict[int, Future] = {}

    def expect(self, number: int, task_class: TaskClass) -> Future:
        """A new future of a task."""
        future: Future = Future()
        future._i = number
        future._a = task_class
        future._v = None
        future._s = PENDING
        self._futures[number] = future
        return future

    def __len__(self) -> int:
        return len(self._futures)

    def __iter__(self) -> Iterator[Future]:
        return iter(list(self._futures.values()))

    def get(self, number: int) -> Future | None:
        """The future of a task; None where it has ended, or was never there."""
        return self._futures.get(number)

    def take(self, numbers: Sequence[int]) -> list[Future | None]:
        """Takes futures out; None for a task that is not there."""
        return [self._futures.pop(number, None) for number in numbers]

    def take_all(self) -> list[Future]:
        """Takes out all that is there."""
        futures = list(self._futures.values())
        self._futures.clear()
        return futures
