"""Executors: where tasks run.

Names are loaded at their first use, so that a run on this machine does not import what clusters
need.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

_HOMES = {
    "fonio.executors.bridge": (
        "BridgeExecutor",
        "DaskExecutor",
        "MPIPoolExecutor",
        "RayExecutor",
    ),
    "fonio.executors.direct": ("DirectExecutor",),
    "fonio.executors.htex": ("HighThroughputExecutor",),
    "fonio.executors.mpi": ("MPIExecutor",),
    "fonio.executors.threads": ("ThreadPoolExecutor",),
    "fonio.executors.unsupported": (
        "FluxExecutor",
        "GlobusComputeExecutor",
        "RadicalPilotExecutor",
        "TaskVineExecutor",
        "WorkQueueExecutor",
    ),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)

if TYPE_CHECKING:
    from fonio.executors.bridge import BridgeExecutor as BridgeExecutor
    from fonio.executors.bridge import DaskExecutor as DaskExecutor
    from fonio.executors.bridge import MPIPoolExecutor as MPIPoolExecutor
    from fonio.executors.bridge import RayExecutor as RayExecutor
    from fonio.executors.direct import DirectExecutor as DirectExecutor
    from fonio.executors.htex import HighThroughputExecutor as HighThroughputExecutor
    from fonio.executors.mpi import MPIExecutor as MPIExecutor
    from fonio.executors.threads import ThreadPoolExecutor as ThreadPoolExecutor
    from fonio.executors.unsupported import FluxExecutor as FluxExecutor
    from fonio.executors.unsupported import GlobusComputeExecutor as GlobusComputeExecutor
    from fonio.executors.unsupported import RadicalPilotExecutor as RadicalPilotExecutor
    from fonio.executors.unsupported import TaskVineExecutor as TaskVineExecutor
    from fonio.executors.unsupported import WorkQueueExecutor as WorkQueueExecutor


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'fonio.executors' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
