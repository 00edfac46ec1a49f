"""What runs the tasks. Each engine is a context manager with the same three methods, so that they can be compared.

`map` runs a short function over many items and yields the answers in order; `call` starts a long one that may take at most
so many seconds; `finished` waits until at least one started call has ended and tells what became of it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

CHUNK = 200
"""Short tasks sent together by the engines that do not choose for themselves: fewer cost more, more leave workers idle."""


@dataclass(frozen=True)
class Failure:
    """A call that gave no answer: it took too long, its worker died, or it raised an error."""

    reason: str
    detail: str


class Engine(Protocol):
    """Runs functions in worker processes."""

    def map(self, function: Callable[..., Any], items: Iterable[Any], *shared: Any) -> Iterator[Any]:
        """`function(item, *shared)` for each item, in order; `shared` is sent to a worker once, or nearly so."""
        ...

    def call(self, key: str, function: Callable[..., Any], *arguments: Any, limit_seconds: float) -> None:
        """Start `function(*arguments)`; it is ended, with its worker, when it takes longer than the limit."""
        ...

    def finished(self) -> list[tuple[str, Any]]:
        """The key and the answer, or `Failure`, of each call that has ended; waits for one."""
        ...

    def account(self) -> dict[str, float] | None:
        """What the engine itself says of its run, if it keeps an account."""
        ...

    def __enter__(self) -> Engine: ...

    def __exit__(self, *_: object) -> None: ...


NAMES = ("fonio", "parsl", "pool", "serial")


def open_engine(name: str, workers: int) -> Engine:
    """The engine of that name, not yet started."""
    module = importlib.import_module(f"engine_{name}")
    return module.open_engine(workers)  # type: ignore[no-any-return]
