"""Ctrl-C that waits for the end of a critical section of the main thread.

An exception raised by a signal handler between two bytecodes of a flush or a drain would lose
tasks. So while a session is open the handler of SIGINT is ours: inside a critical section it notes
the signal, and leaving the outermost section delivers it to the handler that was there before. Only
the main thread runs handlers, so only its sections are counted. Waiting is no critical section.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import get_ident, main_thread
from types import FrameType
from typing import Any


class Shield:
    """The main thread's critical sections; the process has one, `SHIELD`."""

    def __init__(self) -> None:
        self._depth = 0
        self._main = main_thread().ident
        self._noted: tuple[int, FrameType | None] | None = None
        self._previous: Callable[[int, FrameType | None], Any] | None = None
        self._users = 0

    def enter(self) -> None:
        """Begins a critical section; `leave` must follow in a `finally`."""
        if get_ident() == self._main:
            self._depth += 1

    def leave(self) -> None:
        """Ends a critical section; a signal that came meanwhile is delivered now."""
        if get_ident() == self._main:
            self._depth -= 1
            if self._noted is not None and not self._depth:
                number, frame = self._noted
                self._noted = None
                if self._previous is not None:
                    self._previous(number, frame)

    def install(self) -> None:
        """Takes SIGINT for one more session; without effect outside the main thread."""
        if get_ident() != self._main:
            return
        if not self._users:
            handler = signal.getsignal(signal.SIGINT)
            if not callable(handler):
                return
            self._previous = handler
            signal.signal(signal.SIGINT, self._handle)
        self._users += 1

    def restore(self) -> None:
        """Gives SIGINT back when the last session is closed and it is still ours."""
        if get_ident() != self._main or not self._users:
            return
        self._users -= 1
        if not self._users and signal.getsignal(signal.SIGINT) == self._handle:
            signal.signal(signal.SIGINT, self._previous)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self._depth:
            self._noted = (number, frame)
        elif self._previous is not None:
            self._previous(number, frame)

    def forked(self) -> None:
        """In a forked child, whose main thread is the one that forked."""
        self._main = get_ident()
        self._depth = 0
        self._noted = None


SHIELD = Shield()
