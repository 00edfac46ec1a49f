"""A function of several arguments as a function of one: what `map` over several iterables calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Star:
    """Calls a function with the members of a tuple as its arguments."""

    __slots__ = ("__qualname__", "function")

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.__qualname__ = getattr(function, "__qualname__", type(function).__name__)

    def __call__(self, arguments: tuple[Any, ...]) -> Any:
        return self.function(*arguments)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Star) and other.function == self.function

    def __hash__(self) -> int:
        return hash(self.function) ^ 1

    def __reduce__(self) -> Any:
        return Star, (self.function,)
