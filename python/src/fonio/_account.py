"""The account of a run: what it did and what that cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Account(NamedTuple):
    """Tasks by their ending, wall and work time, and what follows from them.

    `work_seconds` is time spent inside functions, summed over the workers; `efficiency` is its
    share of the workers' time; `overhead_per_task_us` is the rest of that time for each task.
    """

    tasks: int
    succeeded: int
    failed: int
    cancelled: int
    waiting: int
    running: int
    memo_hits: int
    retries: int
    workers_lost: int
    workers: int
    wall_seconds: float
    work_seconds: float

    @property
    def done(self) -> int:
        """Tasks that have ended."""
        return self.succeeded + self.failed + self.cancelled

    @property
    def remaining(self) -> int:
        """Tasks that have not ended."""
        return max(0, self.tasks - self.done)

    @property
    def efficiency(self) -> float:
        """The share of the workers' time that was spent inside functions."""
        whole = self.workers * self.wall_seconds
        return min(1.0, self.work_seconds / whole) if whole else 0.0

    @property
    def overhead_per_task_us(self) -> float:
        """The workers' time outside of functions, for each task that ended."""
        rest = self.workers * self.wall_seconds - self.work_seconds
        return max(0.0, rest) / self.done * 1e6 if self.done else 0.0

    def __str__(self) -> str:
        return (
            f"{self.tasks:,} tasks, {self.failed:,} failed, {self.wall_seconds:.2f} s wall, "
            f"{self.work_seconds:.2f} s work on {self.workers} workers, "
            f"{self.overhead_per_task_us:,.1f} us overhead per task, "
            f"{self.efficiency:.0%} efficiency"
        )


def account_of(entries: Mapping[str, str]) -> Account:
    """The account in the engine's words."""

    def number(name: str) -> int:
        return int(entries.get(name, "0"))

    return Account(
        tasks=number("submitted"),
        succeeded=number("succeeded"),
        failed=number("failed") + number("dependency_failed"),
        cancelled=number("cancelled"),
        waiting=number("waiting") + number("ready"),
        running=number("held"),
        memo_hits=number("memo_hits"),
        retries=number("retries"),
        workers_lost=number("workers_lost"),
        workers=number("workers"),
        wall_seconds=number("wall_ns") / 1e9,
        work_seconds=number("work_ns") / 1e9,
    )
