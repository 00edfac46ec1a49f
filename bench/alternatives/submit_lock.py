"""Handing a task to the batch: an atomic append, or a lock for each submit."""

from __future__ import annotations

import threading

from compare import compare

_LIMIT = 256


def append(count: int) -> None:
    buffer: list[int] = []
    push = buffer.append
    lock = threading.Lock()
    for task in range(count):
        push(task)
        if len(buffer) >= _LIMIT:
            with lock:
                batch = buffer[:_LIMIT]
                del buffer[: len(batch)]


def locked(count: int) -> None:
    buffer: list[int] = []
    lock = threading.Lock()
    for task in range(count):
        with lock:
            buffer.append(task)
            if len(buffer) >= _LIMIT:
                buffer.clear()


def main() -> None:
    compare("handing over a task", 1_000_000, {"append": append, "a lock each": locked})


if __name__ == "__main__":
    main()
