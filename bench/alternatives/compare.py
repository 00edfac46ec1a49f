"""Two or more ways of doing one thing, measured in turns."""

from __future__ import annotations

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter

ROUNDS = 7

Way = Callable[[int], None]


def compare(title: str, count: int, ways: dict[str, Way], rounds: int = ROUNDS) -> dict[str, float]:
    """Prints ns per task of every way and how many times the first one is faster; returns the medians in ns."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way(max(1, count // 10))
    for _ in range(rounds):
        for name, way in ways.items():
            gc.collect()
            start = perf_counter()
            way(count)
            times[name].append((perf_counter() - start) / count * 1e9)
    first = next(iter(ways))
    medians = {name: median(values) for name, values in times.items()}
    print(title)
    for name, values in times.items():
        ratios = [value / base for value, base in zip(values, times[first], strict=True)]
        spread = f"{median(ratios):5.2f} [{min(ratios):.2f}-{max(ratios):.2f}]"
        print(f"  {name:44} {medians[name]:8.0f} ns   {spread}")
    return medians
