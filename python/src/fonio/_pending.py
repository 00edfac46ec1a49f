"""The futures of tasks that have not ended, by the tasks' numbers.

The numbers are consecutive, so a future has a place in a page, of 8 bytes, where a dict would take
40. The flush appends, the drain takes; a page whose futures have all been taken goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fonio._future import Future

_BITS = 14
PAGE = 1 << _BITS
_MASK = PAGE - 1


class Pending:
    """Pages of futures; `None` stands where there is none (any more)."""

    def __init__(self) -> None:
        self._tail: list[Future | None] = [None]  # numbers begin with 1
        self._pages = {0: self._tail}
        self._gone = {0: 1}
        self._next = 1
        self._added = 0
        self._taken = 0

    def __len__(self) -> int:
        return max(0, self._added - self._taken)

    def __iter__(self) -> Iterator[Future]:
        for page in list(self._pages.values()):
            yield from [future for future in page[:] if future is not None]

    def add(self, futures: list[Future]) -> None:
        """Appends futures, whose numbers follow those of the last ones; fewer than a page."""
        self._added += len(futures)
        room = PAGE - len(self._tail)
        self._tail.extend(futures[:room])
        if len(futures) >= room:
            self._tail = [*futures[room:]]
            self._pages[self._next] = self._tail
            self._next += 1

    def get(self, number: int) -> Future | None:
        """The future of a task; None where it has ended, or was never there."""
        page = self._pages.get(number >> _BITS, ())
        place = number & _MASK
        return page[place] if place < len(page) else None

    def replace(self, number: int, future: Future) -> None:
        """Puts another future in the place of one that is there."""
        page = self._pages.get(number >> _BITS)
        if page is not None and self.get(number) is not None:
            page[number & _MASK] = future

    def take(self, numbers: Sequence[int]) -> list[Future | None]:
        """Takes the futures of tasks out, all together; None for a task that is not there."""
        first = numbers[0]
        page = self._pages.get(first >> _BITS, [])
        place = first & _MASK
        places: Sequence[int]
        if type(numbers) is range:
            places = range(place, place + len(numbers))
            futures = page[place : places.stop]
        else:
            base = first - place
            places = [number ^ base for number in numbers]
            try:
                futures = [page[place] for place in places]
            except IndexError:
                futures = []
        if len(futures) != len(places) or not all(futures):
            return [self._take_one(number) for number in numbers]  # several pages, or not there
        for place in places:
            page[place] = None
        self._leave(first >> _BITS, len(places))
        return futures

    def take_all(self) -> list[Future]:
        """Takes out all that is there."""
        futures = []
        for page in list(self._pages.values()):
            for place, future in enumerate(page):
                if future is not None:
                    page[place] = None
                    futures.append(future)
        self._taken += len(futures)
        return futures

    def _take_one(self, number: int) -> Future | None:
        future = self.get(number)
        if future is not None:
            self._pages[number >> _BITS][number & _MASK] = None
            self._leave(number >> _BITS, 1)
        return future

    def _leave(self, page: int, count: int) -> None:
        self._taken += count
        gone = self._gone.pop(page, 0) + count
        if gone == PAGE:
            del self._pages[page]
        else:
            self._gone[page] = gone
