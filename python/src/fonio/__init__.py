"""Fonio runs very many very small tasks: Parsl's interface on a compiled engine.

Names are loaded at their first use, so that a worker, which imports parts of this package, starts
quickly.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

AUTO_LOGNAME = -1
"""The stdout or stderr of a bash app in a file that is named after the task."""

_HOMES = {
    "fonio._current": ("clear", "dfk", "load", "wait_for_current_tasks"),
    "fonio._decorators": ("bash_app", "join_app", "python_app"),
    "fonio._dfk": ("DataFlowKernel",),
    "fonio._executor": ("Executor",),
    "fonio._explain": ("explain",),
    "fonio._future": ("Future",),
    "fonio._gather": ("as_completed", "wait"),
    "fonio._loader": ("DataFlowKernelLoader",),
    "fonio._logs": ("set_file_logger", "set_stream_logger"),
    "fonio._many": ("map", "share"),
    "fonio.config": ("Config",),
    "fonio.data": ("File",),
    "fonio.executors": (
        "DirectExecutor",
        "HighThroughputExecutor",
        "MPIExecutor",
        "RadicalPilotExecutor",
        "ThreadPoolExecutor",
        "WorkQueueExecutor",
    ),
    "fonio.monitoring": ("MonitoringHub",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = ["AUTO_LOGNAME", "__version__", *sorted(_HOME_OF)]

if TYPE_CHECKING:
    from fonio._current import clear, dfk, load, wait_for_current_tasks
    from fonio._decorators import bash_app, join_app, python_app
    from fonio._dfk import DataFlowKernel
    from fonio._executor import Executor
    from fonio._explain import explain
    from fonio._future import Future
    from fonio._gather import as_completed, wait
    from fonio._loader import DataFlowKernelLoader
    from fonio._logs import set_file_logger, set_stream_logger
    from fonio._many import map, share
    from fonio.config import Config
    from fonio.data import File
    from fonio.executors import (
        DirectExecutor,
        HighThroughputExecutor,
        MPIExecutor,
        RadicalPilotExecutor,
        ThreadPoolExecutor,
        WorkQueueExecutor,
    )
    from fonio.monitoring import MonitoringHub


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'fonio' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
