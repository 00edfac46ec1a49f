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
    """The engine that apps use from now on, started here; a context manager that ends it.

    Without a `config` it has one worker process for each core. A process has one loaded engine: a
    second load before `clear()` is a ConfigurationError, and so is a value that the engine cannot
    use: a port that is taken, a launcher that there is not. What the machine lacks (a Java, the
    jar) is an EnvironmentNeeded that says what to install.

    >>> import fonio
    >>> with fonio.load(fonio.Config(executors=[fonio.DirectExecutor(workers=1)])) as engine:
    ...     print(fonio.python_app(abs)(-3).result(), engine.account().tasks)
    3 1
    """
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
    """Ends the loaded engine, if there is one; another can be loaded then.

    Tasks that are not done are dropped; `wait_for_current_tasks()` before it waits for them.
    """
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
    """The loaded engine; a NoDataFlowKernelError where there is none."""
    if _loaded is None:
        raise NoDataFlowKernelError("no engine is loaded: call fonio.load() first")
    return _loaded


def loaded() -> DataFlowKernel | None:
    """The loaded engine, or None."""
    return _loaded


def wait_for_current_tasks() -> None:
    """Waits until all tasks that were submitted so far have ended."""
    dfk().wait_for_current_tasks()
