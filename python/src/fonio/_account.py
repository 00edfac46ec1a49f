"""The account of a run: what it did and what that cost."""

from __future__ import annotations

import concurrent.futures as cf
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from fonio.errors import FonioError

if TYPE_CHECKING:
    from fonio._session import Session


class Account(NamedTuple):
    """Tasks by their ending, wall and work time, and what follows from them.

    The elements of a map count as tasks. `work_seconds` is time spent inside functions, summed over
    the workers. `occupied_seconds` is time for which there was a task for a worker, also summed: a
    worker that has nothing to do, as at a barrier or while the program computes, is not in it, but
    the start of the workers is, when tasks wait for it. `efficiency` is the share of the work in
    that time, `overhead_per_task_us` the rest of it for each task.
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
    occupied_seconds: float

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
        """The share of the work in the time for which there was a task for a worker."""
        whole = self.occupied_seconds
        return min(1.0, self.work_seconds / whole) if whole else 0.0

    @property
    def overhead_per_task_us(self) -> float:
        """The rest of that time, for each task that ended."""
        rest = self.occupied_seconds - self.work_seconds
        return max(0.0, rest) / self.done * 1e6 if self.done else 0.0

    def __str__(self) -> str:
        return (
            f"{self.tasks:,} tasks, {self.failed:,} failed, {self.wall_seconds:.2f} s wall, "
            f"{self.work_seconds:.2f} s work on {self.workers} workers, "
            f"{self.overhead_per_task_us:,.1f} us overhead per task, "
            f"{self.efficiency:.0%} efficiency while there were tasks"
        )


def account_of(entries: Mapping[str, str]) -> Account:
    """The account in the engine's words."""

    def number(name: str) -> int:
        return int(entries.get(name, "0"))

    tasks = number("submitted")
    succeeded = number("succeeded")
    failed = number("failed") + number("dependency_failed")
    cancelled = number("cancelled")
    running = number("held")
    return Account(
        tasks=tasks,
        succeeded=succeeded,
        failed=failed,
        cancelled=cancelled,
        waiting=max(0, tasks - succeeded - failed - cancelled - running),
        running=running,
        memo_hits=number("memo_hits"),
        retries=number("retries"),
        workers_lost=number("workers_lost"),
        workers=number("workers"),
        wall_seconds=number("wall_ns") / 1e9,
        work_seconds=number("work_ns") / 1e9,
        occupied_seconds=number("occupied_ns") / 1e9,
    )


def last_account(session: Session) -> Account:
    """The account at the end of a session; of a run whose engine is lost nothing is known."""
    try:
        return account_of(session.query("account", 5.0))
    except (FonioError, cf.TimeoutError):
        return account_of({})
