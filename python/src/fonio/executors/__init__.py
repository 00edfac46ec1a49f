"""Executors: where tasks run."""

from __future__ import annotations

from fonio.executors.direct import DirectExecutor
from fonio.executors.threads import ThreadPoolExecutor
from fonio.executors.unsupported import (
    FluxExecutor,
    GlobusComputeExecutor,
    HighThroughputExecutor,
    MPIExecutor,
    RadicalPilotExecutor,
    TaskVineExecutor,
    WorkQueueExecutor,
)

__all__ = [
    "DirectExecutor",
    "FluxExecutor",
    "GlobusComputeExecutor",
    "HighThroughputExecutor",
    "MPIExecutor",
    "RadicalPilotExecutor",
    "TaskVineExecutor",
    "ThreadPoolExecutor",
    "WorkQueueExecutor",
]
