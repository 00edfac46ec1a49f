"""What an executor's own exceptions mean; those of tasks never come this way."""

from __future__ import annotations

import enum
from concurrent.futures import BrokenExecutor, CancelledError

_OF_WORKERS = frozenset(
    (
        "KilledWorker",  # Dask: a task ended several workers
        "NodeDiedError",  # Ray, and those below
        "OutOfMemoryError",
        "OwnerDiedError",
        "RayActorError",
        "WorkerCrashedError",
    )
)
_CANCELLED = ("FutureCancelledError", "TaskCancelledError")
"""Those of Dask and of Ray, which need not be the standard one."""


class Loss(enum.Enum):
    """What is gone."""

    NONE = "the executor refused it"
    CANCELLED = "somebody has cancelled it"
    WORKER = "the worker that ran it"
    EXECUTOR = "the executor"


def kind_of(problem: BaseException) -> Loss:
    """What is gone, by the exception of a submission."""
    if isinstance(problem, BrokenExecutor):
        return Loss.EXECUTOR
    kinds = type(problem).__mro__
    if any([kind.__name__ in _OF_WORKERS for kind in kinds]):
        return Loss.WORKER
    if isinstance(problem, CancelledError) or kinds[0].__name__ in _CANCELLED:
        return Loss.CANCELLED
    return Loss.NONE
