"""`fonio.map` and `fonio.share` on the loaded engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from fonio import _current
from fonio._map import Map, open_map

if TYPE_CHECKING:
    from fonio._shared import Shared


def map(
    function: Callable[..., Any],
    *iterables: Iterable[Any],
    unordered: bool = False,
    timeout: float | None = None,
    chunk: int | None = None,
    window: int | None = None,
    retries: int | None = None,
    priority: int | None = None,
    executor: str | None = None,
) -> Map:
    """The results of `function` over the elements of the iterables, lazy and in order.

    The input may be endless: it is read `window` elements ahead, by default as far as keeps the
    workers busy. `unordered` gives results as they come. An element that raises does so from
    `next()`, and the iterator goes on with the next one. `chunk` is how many elements travel
    together, else their measured time decides. `timeout` is in seconds from this call, then
    `next()` raises TimeoutError. `executor` is the label of the one that runs it.

    >>> import fonio
    >>> with fonio.load():
    ...     print(list(fonio.map(pow, range(5), [2] * 5)))
    [0, 1, 4, 9, 16]
    """
    kernel = _current.dfk()
    body = getattr(function, "__wrapped__", function) if is_app(function) else function
    return open_map(
        kernel.session,
        body,
        iterables,
        kernel.workers or 1,
        chunk=chunk,
        window=window,
        unordered=unordered,
        timeout=timeout,
        retries=kernel.config.retries if retries is None else retries,
        priority=priority,
        lane=executor,
    )


def is_app(function: Any) -> bool:
    """Whether this is what a decorator of Fonio made."""
    return hasattr(function, "_fonio_app")


def share(value: Any) -> Shared:
    """A handle of a large read-only object, which travels once to each worker.

    Pass the handle to apps, which get the object itself; all tasks of a worker get the same one, so
    they must not change it. `handle.release()`, or leaving `with`, lets the workers forget it. An
    object that cannot be pickled is a SerializationError.

    >>> import fonio
    >>> @fonio.python_app
    ... def weight(table, word):
    ...     return table[word]
    >>> with fonio.load(), fonio.share({"a": 3, "b": 5}) as table:
    ...     print([f.result() for f in [weight(table, w) for w in "abba"]])
    [3, 5, 5, 3]
    """
    from fonio._shared import share as send

    return send(_current.dfk().session, value)
