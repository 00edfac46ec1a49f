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

    The input is read as far as the window allows; `unordered` gives results as they come. After an
    element's error the iterator goes on with the next. `chunk` fixes how many elements travel
    together, else their measured time decides.
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
    """A handle of a large read-only object, which travels once to each worker."""
    from fonio._shared import share as send

    return send(_current.dfk().session, value)
