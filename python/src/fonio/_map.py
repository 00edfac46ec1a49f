"""`map`: one function over many elements, lazily, in chunks that travel as columns.

The input is read as far as a window allows: so many chunks and so many bytes outstanding. A
chunk's size follows the measured time of an element, towards 4 ms a chunk; before the first
measurement only a few chunks of one element are out.

The iterator is `itertools.chain` over lists, which costs nothing an element. An error ends a chain,
so the `Map` makes a new one: iterating goes on with the element after the one that failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from fonio._chunks import Chunks, Take
from fonio._pace import Pace
from fonio._star import Star

if TYPE_CHECKING:
    from fonio._session import Session


class Map:
    """The results of a map, an iterator; after an element's error it goes on with the next."""

    def __init__(self, chunks: Chunks) -> None:
        self._chunks = chunks
        self._chain = chain.from_iterable(chunks)

    def __iter__(self) -> Iterator[Any]:
        if self._chunks.broken:
            self._chunks.broken = False
            self._chain = chain.from_iterable(self._chunks)
        return self._chain

    def __next__(self) -> Any:
        return next(iter(self))

    def close(self) -> None:
        """Reads no more input and drops what has not run."""
        self._chunks.cancel()


def open_map(
    session: Session,
    function: Callable[..., Any],
    iterables: tuple[Iterable[Any], ...],
    workers: int,
    chunk: int | None = None,
    window: int | None = None,
    unordered: bool = False,
    timeout: float | None = None,
    **options: Any,
) -> Map:
    """The lazy results of `function` over the elements; `chunk` fixes the chunks' size."""
    if not iterables:
        raise TypeError("map needs at least one iterable")
    call: Callable[..., Any] = function
    if len(iterables) > 1:
        call, take = Star(function), taker(zip(*iterables))
    else:
        take = taker(iterables[0])
    pace = Pace(workers, chunk, window)
    return Map(Chunks(session, call, take, pace, unordered, timeout, **options))


def taker(elements: Iterable[Any]) -> Take:
    """Gives the next elements, at most so many; those of a range or tuple without a loop."""
    if type(elements) is range or type(elements) is tuple:
        whole, at = elements, 0

        def slices(size: int) -> Sequence[Any]:
            nonlocal at
            part = whole[at : at + size]
            at += len(part)
            return part

        return slices
    iterator = iter(elements)
    return lambda size: list(islice(iterator, size))
