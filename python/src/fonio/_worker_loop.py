"""The worker's loop: reads frames, keeps what it is told, runs tasks."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, NoReturn

from fonio import _shared
from fonio._link import RECALL_FROM, RECALL_TO, RUNNING, Link
from fonio._segments import Segments
from fonio._wire import (
    ALLOT,
    CLASS,
    CLOSE,
    FUNCTION,
    HEADER,
    HEADER_BYTES,
    MAX_COUNT,
    MAX_FRAME_BYTES,
    SEGMENT_BIT,
    SHARE,
    TASKS,
    UNSHARE,
    MalformedFrame,
    parse_lines,
)
from fonio._worker_allotment import Allotment
from fonio._worker_functions import Functions
from fonio._worker_journal import Journal
from fonio._worker_surroundings import Surroundings
from fonio._worker_system import URGENT
from fonio._worker_tasks import Tasks
from fonio.errors import DeserializationError

_WAIT_MS = 100
_REST_MS = 1000
_WAITS_BEFORE_REST = 10


class Words:
    """The control words that the worker shares with the engine.

    A task's number is stored in `running` before its function is called; then the worker looks
    whether the engine has taken that number back.
    """

    __slots__ = ("down", "up")

    def __init__(self, up: memoryview, down: memoryview) -> None:
        self.up = up
        self.down = down

    def run(self, number: int) -> None:
        """Says which task runs; 0: none."""
        self.up[RUNNING] = number

    def recalled(self, number: int) -> bool:
        """Whether the engine has taken this number back."""
        down = self.down
        return bool(down[RECALL_FROM] <= number < down[RECALL_TO])


class Loop:
    """One worker's conversation with its engine."""

    def __init__(
        self, link: Link, words: Words, segments: Segments, parent: int, errors: str = ""
    ) -> None:
        self._link = link
        self._words = words
        self._segments = segments
        self._parent = parent
        self._functions = Functions()
        self._allotment = Allotment()
        surroundings = Surroundings(on_fork=link.close)
        journal = Journal(errors)
        self._tasks = Tasks(words, segments, self._functions, surroundings, self.send, journal)
        signal.signal(URGENT, self._tasks.results.urged)

    def run(self) -> NoReturn:
        """Obeys until the engine says so, or is gone."""
        fill = self._link.fill
        rest = b""
        waits = 0
        while True:
            data = fill()
            if data is None:
                leave(0)
            if not data:
                self._words.run(0)
                waits += 1
                self._wait(waits)
                continue
            waits = 0
            rest = self._obey(rest + data if rest else data)
            while len(rest) >= HEADER_BYTES:
                rest = self._gather(rest)

    def send(self, data: bytes) -> None:
        """Writes all of it; the process ends when the engine is gone."""
        link = self._link
        done = link.write(data)
        if done == len(data):
            return
        view = memoryview(data)
        while done is not None:
            view = view[done:]
            if not view:
                return
            if os.getppid() != self._parent or not link.wait(_WAIT_MS, True):
                break
            done = link.write(view)
        leave(0)

    def _wait(self, waits: int) -> None:
        """Waits for work, after so many waits in vain at greater length."""
        if waits > _WAITS_BEFORE_REST:
            there = self._link.rest(_REST_MS)
        else:
            there = self._link.wait(_WAIT_MS)
        if not there or os.getppid() != self._parent:
            leave(0)

    def _gather(self, start: bytes) -> bytes:
        """The bytes of the frame that has begun, all of it; a large one comes in many pieces."""
        missing = int.from_bytes(start[:4], "little") + HEADER_BYTES - len(start)
        pieces = [start]
        while missing > 0:
            data = self._link.fill()
            if data is None:
                leave(0)
            if data:
                pieces.append(data)
                missing -= len(data)
            elif not self._link.wait(_WAIT_MS) or os.getppid() != self._parent:
                leave(0)
        return self._obey(b"".join(pieces))

    def _obey(self, data: bytes) -> bytes:
        """Obeys all whole frames and returns the bytes behind them."""
        at = 0
        end = len(data)
        while end - at >= HEADER_BYTES:
            length, kind, flags, class_id, count, first = HEADER.unpack_from(data, at)
            if length > MAX_FRAME_BYTES or count > MAX_COUNT:
                raise MalformedFrame(
                    f"a frame of kind {kind} with {length:,} bytes and {count:,} tasks"
                )
            start = at + HEADER_BYTES
            if end - start < length:
                break
            at = start + length
            if kind == TASKS:
                self._tasks.run(data, start, at, flags, class_id, count, first)
            else:
                self._note(kind, class_id, first, data[start:at])
        return data[at:] if at else data

    def _note(self, kind: int, class_id: int, first: int, body: bytes) -> None:
        if kind == FUNCTION:
            self._functions.add(first, body)
        elif kind == CLASS:
            self._functions.define(class_id, first, parse_lines(body))
        elif kind == SHARE:
            self._share(first, int.from_bytes(body[:4], "little"), body[4:])
        elif kind == UNSHARE:
            _shared.forget(first)
        elif kind == ALLOT:
            self._allotment.apply(parse_lines(body))
        elif kind == CLOSE:
            _exit_functions()
            leave(0)
        else:
            raise MalformedFrame(f"a worker is not sent frames of kind {kind}")

    def _share(self, number: int, size: int, payload: Any) -> None:
        try:
            data = self._segments.map(payload) if size & SEGMENT_BIT else payload
        except DeserializationError:
            return  # it was released meanwhile; a task that still wants it is told so
        _shared.receive(number, data)


def _exit_functions() -> None:
    """Runs what tasks have registered for the end of the process, as at an interpreter's exit."""
    import atexit

    atexit._run_exitfuncs()


def leave(code: int) -> NoReturn:
    """Ends the process at once: threads that tasks left behind do not hold it up."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            pass
    os._exit(code)
