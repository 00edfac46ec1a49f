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
    "fonio._attached": ("AttachedRun", "attach"),
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
    from fonio._attached import AttachedRun as AttachedRun
    from fonio._attached import attach as attach
    from fonio._current import clear as clear
    from fonio._current import dfk as dfk
    from fonio._current import load as load
    from fonio._current import wait_for_current_tasks as wait_for_current_tasks
    from fonio._decorators import bash_app as bash_app
    from fonio._decorators import join_app as join_app
    from fonio._decorators import python_app as python_app
    from fonio._dfk import DataFlowKernel as DataFlowKernel
    from fonio._executor import Executor as Executor
    from fonio._explain import explain as explain
    from fonio._future import Future as Future
    from fonio._gather import as_completed as as_completed
    from fonio._gather import wait as wait
    from fonio._loader import DataFlowKernelLoader as DataFlowKernelLoader
    from fonio._logs import set_file_logger as set_file_logger
    from fonio._logs import set_stream_logger as set_stream_logger
    from fonio._many import map as map
    from fonio._many import share as share
    from fonio.config import Config as Config
    from fonio.data import File as File
    from fonio.executors import DirectExecutor as DirectExecutor
    from fonio.executors import HighThroughputExecutor as HighThroughputExecutor
    from fonio.executors import MPIExecutor as MPIExecutor
    from fonio.executors import RadicalPilotExecutor as RadicalPilotExecutor
    from fonio.executors import ThreadPoolExecutor as ThreadPoolExecutor
    from fonio.executors import WorkQueueExecutor as WorkQueueExecutor
    from fonio.monitoring import MonitoringHub as MonitoringHub


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'fonio' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
