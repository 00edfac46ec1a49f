"""No engine at all: every task runs in this process, one after the other. A docking that takes too long cannot be ended."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from engines import Failure


class Serial:
    """Runs a call when its answer is asked for."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[str, Callable[..., Any], tuple[Any, ...], float]] = deque()

    def map(self, function: Callable[..., Any], items: Iterable[Any], *shared: Any) -> Iterator[Any]:
        return (function(item, *shared) for item in items)

    def call(self, key: str, function: Callable[..., Any], *arguments: Any, limit_seconds: float) -> None:
        self._waiting.append((key, function, arguments, limit_seconds))

    def finished(self) -> list[tuple[str, Any]]:
        key, function, arguments, limit = self._waiting.popleft()
        clock = time.monotonic()
        answer = function(*arguments)
        seconds = time.monotonic() - clock
        if seconds > limit:
            return [
                (
                    key,
                    Failure("time-out", f"took {seconds:.0f} s of {limit:.0f}, and could not be ended"),
                )
            ]
        return [(key, answer)]

    def account(self) -> dict[str, float] | None:
        return None

    def __enter__(self) -> Serial:
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.clear()


def open_engine(workers: int) -> Serial:
    """The serial engine; the number of workers is one, whatever was asked for."""
    return Serial()
