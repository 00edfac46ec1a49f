"""The functions that every system is given to run. Workers import them by name."""

from __future__ import annotations

import os
import time


def noop() -> None:
    """A task that does nothing."""


def pair(a: int, b: int) -> tuple[int, int]:
    """A task with a small tuple in and out."""
    return (a, b)


def inc(x: int) -> int:
    """One link of a chain, and the body of the maps."""
    return x + 1


def leaf(x: int) -> int:
    """A leaf of a reduction tree."""
    return x


def add(a: int, b: int) -> int:
    """An inner node of a reduction tree."""
    return a + b


def spin(seconds: float) -> float:
    """A task of the given length in CPU time of its thread; returns what it really used."""
    clock = time.thread_time
    start = clock()
    used = 0.0
    while used < seconds:
        used = clock() - start
    return used


def nap(x: int, seconds: float, log: str) -> tuple[int, int]:
    """A task that sleeps and notes in a file that it ran to its end; returns its first argument and its process."""
    time.sleep(seconds)
    with open(log, "ab", buffering=0) as out:
        out.write(b"%d\n" % x)
    return (x, os.getpid())


def block(gate: str) -> int:
    """A task that holds its worker until the gate file is gone."""
    while os.path.exists(gate):
        time.sleep(0.02)
    return 0


def rest(gate: str) -> bool:
    """A task that sleeps a millisecond while the gate file is there; returns whether it did."""
    if not os.path.exists(gate):
        return False
    time.sleep(0.001)
    return True


def blob(x: int, size_bytes: int = 1_000_000) -> bytes:
    """A result of the given size that begins with its number."""
    return x.to_bytes(8, "little") + bytes(size_bytes - 8)


def size(data: bytes) -> int:
    """The length of a large argument."""
    return len(data)
