"""What a task may change for the next one, and how it is put back: folder, output, forks."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

_FORKED = "forked"
_MOVED = "moved"


class Surroundings:
    """Notes what tasks do to the process; `events` is empty as long as they do nothing."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self._folder = os.getcwd()
        os.chdir = self._noting(os.chdir)
        os.fchdir = self._noting(os.fchdir)
        os.register_at_fork(after_in_child=lambda: self.events.append(_FORKED))

    def _noting(self, change: Callable[..., None]) -> Callable[..., None]:
        def moved(*args: Any, **kwargs: Any) -> None:
            change(*args, **kwargs)
            self.events.append(_MOVED)

        moved.__doc__ = change.__doc__
        return moved

    def restore(self) -> None:
        """After a task that did something: a forked child ends here, the folder is put back."""
        if _FORKED in self.events:
            self.flush()
            os._exit(0)
        if self.events:
            os.chdir(self._folder)
            self.events.clear()

    def flush(self) -> None:
        """Writes out what tasks have printed."""
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                pass
