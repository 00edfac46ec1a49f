"""What Python's cyclic collector takes while many futures are kept: its default, a higher threshold, and off."""

from __future__ import annotations

import gc

from compare import compare
from future_completion import SlotFuture


def _keep(count: int) -> None:
    link = object()
    kept = []
    for task in range(count):
        future = SlotFuture()
        future.link = link  # type: ignore[assignment]
        future.value = task
        kept.append(future)


def default(count: int) -> None:
    _keep(count)


def higher(count: int) -> None:
    old = gc.get_threshold()
    gc.set_threshold(10_000, 10, 10)
    _keep(count)
    gc.set_threshold(*old)


def off(count: int) -> None:
    gc.disable()
    _keep(count)
    gc.enable()


def main() -> None:
    ways = {"as the user has it": default, "threshold 10,000": higher, "off": off}
    compare("making a future while 200,000 are kept", 200_000, ways)


if __name__ == "__main__":
    main()
