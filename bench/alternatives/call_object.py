"""What an app is: a closure, or an object with `__call__`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from compare import compare


def make_closure(push: Callable[[Any], None]) -> Callable[..., None]:
    def call(*args: Any) -> None:
        push(args)

    return call


class App:
    """An app as an object."""

    def __init__(self, push: Callable[[Any], None]) -> None:
        self._push = push

    def __call__(self, *args: Any) -> None:
        self._push(args)


def closure(count: int) -> None:
    call = make_closure([].append)
    for i in range(count):
        call(i)


def instance(count: int) -> None:
    call = App([].append)
    for i in range(count):
        call(i)


def main() -> None:
    compare("calling an app", 500_000, {"closure": closure, "object with __call__": instance})


if __name__ == "__main__":
    main()
