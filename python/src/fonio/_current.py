"""The loaded engine of this process: `load`, `clear`, `dfk`, `wait_for_current_tasks`."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from fonio.errors import ConfigurationError, NoDataFlowKernelError

if TYPE_CHECKING:
    from fonio._dfk import DataFlowKernel
    from fonio.config import Config

_lock = threading.Lock()
_loaded: DataFlowKernel | None = None
_pid = 0


def load(config: Config | None = None) -> DataFlowKernel:
    """Starts an engine and makes it the one that apps use; a context manager."""
    from fonio._dfk import DataFlowKernel

    global _loaded, _pid
    with _lock:
        if _loaded is not None and _pid == os.getpid() and not _loaded.cleaned_up:
            raise ConfigurationError(
                "Config has already been loaded: call fonio.clear() first, or use `with load():`"
            )
        _loaded = DataFlowKernel(config)
        _pid = os.getpid()
        return _loaded


def clear() -> None:
    """Ends the loaded engine, if there is one; another can be loaded then."""
    global _loaded
    with _lock:
        known, _loaded = _loaded, None
    if known is not None:
        known.cleanup()


def forget(kernel: DataFlowKernel) -> None:
    """Makes room for another engine when this one has ended."""
    global _loaded
    with _lock:
        if _loaded is kernel:
            _loaded = None


def dfk() -> DataFlowKernel:
    """The loaded engine."""
    if _loaded is None:
        raise NoDataFlowKernelError("no engine is loaded: call fonio.load() first")
    return _loaded


def loaded() -> DataFlowKernel | None:
    """The loaded engine, or None."""
    return _loaded


def wait_for_current_tasks() -> None:
    """Waits until all tasks that were submitted so far have ended."""
    dfk().wait_for_current_tasks()
