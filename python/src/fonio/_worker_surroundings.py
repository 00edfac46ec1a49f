"""What a task may change for the next one, and how it is put back: folder, umask, streams, forks.

`os.chdir`, `os.fchdir` and `os.umask` note that they were called, so a task that calls none costs
one look at an empty list. A folder changed behind Python's back is found with the next results.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from fonio._worker_system import URGENT

_FORKED = "forked"
_CHANGED = "changed"


class Surroundings:
    """The process as tasks shall find it; `events` is empty as long as they leave it so."""

    def __init__(self, on_fork: Callable[[], None]) -> None:
        self.events: list[str] = []
        self._folder = os.getcwd()
        self._mask = _umask = os.umask(0o077)
        os.umask(_umask)
        self._streams = (sys.stdin, sys.stdout, sys.stderr)
        self._leave_folder = os.chdir
        self._set_mask = os.umask
        self._on_fork = on_fork
        os.chdir = self._noting(os.chdir)
        os.fchdir = self._noting(os.fchdir)
        os.umask = self._noting(os.umask)
        os.register_at_fork(after_in_child=self._forked)

    def restore(self, problem: BaseException | None = None) -> None:
        """After a task that did something; a forked child that came back from it ends here."""
        if _FORKED in self.events:
            self._end_child(problem)
        if self.events:
            self.events.clear()
            self._set_mask(self._mask)
            self._return()

    def settle(self) -> None:
        """Writes out what tasks have printed, and looks where they have left the process."""
        streams = self._streams
        if (sys.stdin, sys.stdout, sys.stderr) != streams:
            _flush(sys.stdout, sys.stderr)
            sys.stdin, sys.stdout, sys.stderr = streams
        _flush(streams[1], streams[2])
        try:
            moved = os.getcwd() != self._folder
        except OSError:
            moved = True
        if moved:
            self._return()

    def _return(self) -> None:
        try:
            self._leave_folder(self._folder)
        except OSError as problem:
            print(f"this worker cannot go back to {self._folder}: {problem}", file=sys.stderr)

    def _noting(self, change: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*args: Any, **kwargs: Any) -> Any:
            before = change(*args, **kwargs)
            self.events.append(_CHANGED)
            return before

        noted.__name__ = change.__name__
        noted.__doc__ = change.__doc__
        for known in (os.supports_fd, os.supports_dir_fd, os.supports_follow_symlinks):
            if change in known:
                known.add(noted)
        return noted

    def _forked(self) -> None:
        self.events.append(_FORKED)
        self._on_fork()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(URGENT, signal.SIG_DFL)

    def _end_child(self, problem: BaseException | None) -> NoReturn:
        code = 0
        if isinstance(problem, SystemExit):
            code = _exit_code(problem.code)
        elif problem is not None:
            import traceback

            traceback.print_exception(type(problem), problem, problem.__traceback__)
            code = 1
        _flush(sys.stdout, sys.stderr)
        os._exit(code)


def _exit_code(code: object) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def _flush(*streams: Any) -> None:
    for stream in streams:
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            pass
