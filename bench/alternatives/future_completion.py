"""Who completes a future: the thread that waits, or a reader thread through `set_result`."""

from __future__ import annotations

import queue
import threading
from collections import deque
from concurrent.futures import Future
from typing import Any

from compare import compare

_FRAME = 256


class SlotFuture(Future[Any]):
    """A future whose state is two slots; it makes its condition only when somebody asks for it."""

    __slots__ = ("value", "link")
    __init__ = object.__init__  # type: ignore[assignment]

    def result(self, timeout: float | None = None) -> Any:
        while True:
            try:
                return self.value
            except AttributeError:
                self.link.drain()


class EchoLink:
    """A link to an imagined engine that answers a frame as soon as it was sent."""

    def __init__(self) -> None:
        self.pending: dict[int, SlotFuture] = {}
        self.frames: deque[range] = deque()

    def drain(self) -> None:
        """Completes all futures of one frame in the calling thread."""
        pop = self.pending.pop
        for task in self.frames.popleft():
            pop(task).value = task


def waiting_thread(count: int) -> None:
    link = EchoLink()
    futures = []
    for first in range(0, count, _FRAME):
        frame = range(first, min(count, first + _FRAME))
        for task in frame:
            future = SlotFuture()
            future.link = link
            link.pending[task] = future
            futures.append(future)
        link.frames.append(frame)
    for future in futures:
        future.result()


def reader_thread(count: int) -> None:
    frames: queue.SimpleQueue[range | None] = queue.SimpleQueue()
    pending: dict[int, Future[int]] = {}

    def read() -> None:
        while (frame := frames.get()) is not None:
            for task in frame:
                pending.pop(task).set_result(task)

    reader = threading.Thread(target=read)
    reader.start()
    futures = []
    for first in range(0, count, _FRAME):
        frame = range(first, min(count, first + _FRAME))
        for task in frame:
            pending[task] = future = Future()
            futures.append(future)
        frames.put(frame)
    for future in futures:
        future.result()
    frames.put(None)
    reader.join()


def main() -> None:
    compare(
        "completing a future",
        100_000,
        {
            "slots, by the thread that waits": waiting_thread,
            "Future.set_result by a reader thread": reader_thread,
        },
    )


if __name__ == "__main__":
    main()
