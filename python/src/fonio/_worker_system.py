"""What a worker asks of Linux: to die with its parent, memory barriers, and the engine's signal.

`_ctypes` is called directly, as importing `ctypes` would take longer than all else here.
"""

from __future__ import annotations

import os
import signal

URGENT = signal.SIGURG
"""The engine wants to have the finished results; who has no handler does not notice it."""

_SET_PARENT_DEATH_SIGNAL = 1
_REGISTER_GLOBAL_EXPEDITED = 4
_MEMBARRIER = {"x86_64": 324, "aarch64": 283}


def die_with_parent() -> None:
    """The kernel kills this process when the thread that started it ends."""
    _call("prctl", _SET_PARENT_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0)


def register_for_barriers() -> bool:
    """Whether the engine's `membarrier` now reaches this process at once."""
    number = _MEMBARRIER.get(os.uname().machine)
    return number is not None and _call("syscall", number, _REGISTER_GLOBAL_EXPEDITED, 0, 0) == 0


def _call(name: str, *arguments: int) -> int:
    """The answer of a function of the C library; -1 also where it cannot be called."""
    try:
        import _ctypes

        library = _ctypes.dlopen(None, 0)  # type: ignore[arg-type]
        answer: int = _ctypes.call_function(_ctypes.dlsym(library, name), arguments)
        return answer
    except (ImportError, AttributeError, OSError):
        return -1
