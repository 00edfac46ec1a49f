"""What the tasks of a worker have of their node: cores, and names in the environment.

An ALLOT frame says it, and holds until the next one; before that is obeyed all is put back.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

_ENVIRONMENT = "env."


class Allotment:
    """The allotment that holds now; at first there is none."""

    def __init__(self) -> None:
        self._before: dict[str, str | None] = {}
        self._own_cores: set[int] = set()

    def apply(self, lines: Mapping[str, str]) -> None:
        """Puts back what the last allotment changed, then makes room for this one."""
        self._undo()
        for key, value in lines.items():
            if key.startswith(_ENVIRONMENT):
                self._set(key[len(_ENVIRONMENT) :], value)
        if lines.get("cores"):
            self._pin({int(core) for core in lines["cores"].split(",")})

    def _undo(self) -> None:
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        self._before.clear()
        if self._own_cores:
            _pin_threads(self._own_cores)
            self._own_cores = set()

    def _set(self, name: str, value: str) -> None:
        self._before.setdefault(name, os.environ.get(name))
        os.environ[name] = value

    def _pin(self, cores: set[int]) -> None:
        """Keeps all threads on the cores, as far as this machine has them."""
        if hasattr(os, "sched_setaffinity"):
            own = os.sched_getaffinity(0)
            if _pin_threads(cores):
                self._own_cores = own


def _pin_threads(cores: set[int]) -> bool:
    """Whether the system lets this process have the cores; a new thread has those of its maker."""
    pinned: set[str] = set()
    try:
        os.sched_setaffinity(0, cores)
        while threads := {*os.listdir("/proc/self/task")} - pinned:
            for thread in threads:
                _pin_thread(int(thread), cores)
            pinned |= threads
    except OSError:
        return bool(pinned)
    return True


def _pin_thread(thread: int, cores: set[int]) -> None:
    try:
        os.sched_setaffinity(thread, cores)
    except ProcessLookupError:
        pass  # it has ended meanwhile
