"""The worker's loop: reads frames, keeps what it is told, runs tasks."""

from __future__ import annotations

import os
import sys
from typing import Any

from fonio import _shared
from fonio._link import RECALL_FROM, RECALL_TO, RUNNING, Link
from fonio._segments import Segments
from fonio._wire import (
    CLASS,
    CLOSE,
    FUNCTION,
    HEADER,
    HEADER_BYTES,
    SEGMENT_BIT,
    SHARE,
    TASKS,
    UNSHARE,
    MalformedFrame,
    parse_lines,
)
from fonio._worker_functions import Functions
from fonio._worker_tasks import Tasks

_WAIT_MS = 100


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

    def __init__(self, link: Link, words: Words, segments: Segments, parent: int) -> None:
        self._link = link
        self._words = words
        self._segments = segments
        self._parent = parent
        self._functions = Functions()
        self._tasks = Tasks(words, segments, self._functions, self.send)

    def run(self) -> None:
        """Obeys until the engine says so, or is gone."""
        fill = self._link.fill
        rest = b""
        while True:
            data = fill()
            if data is None:
                leave(0)
            if not data:
                self._words.run(0)
                if not self._link.wait(_WAIT_MS) or os.getppid() != self._parent:
                    leave(0)
                continue
            rest = self._obey(rest + data if rest else data)

    def send(self, data: bytes) -> None:
        """Writes all of it; the process ends when the engine is gone."""
        link = self._link
        done = link.write(data)
        while done is not None and done < len(data):
            data = data[done:]
            if os.getppid() != self._parent:
                leave(0)
            link.wait(_WAIT_MS, True)
            done = link.write(data)
        if done is None:
            leave(0)

    def _obey(self, data: bytes) -> bytes:
        """Obeys all whole frames and returns the bytes behind them."""
        at = 0
        end = len(data)
        while end - at >= HEADER_BYTES:
            length, kind, flags, class_id, count, first = HEADER.unpack_from(data, at)
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
            size = int.from_bytes(body[:4], "little")
            payload: Any = body[4:]
            _shared.receive(first, self._segments.map(payload) if size & SEGMENT_BIT else payload)
        elif kind == UNSHARE:
            _shared.forget(first)
        elif kind == CLOSE:
            leave(0)
        else:
            raise MalformedFrame(f"a worker is not sent frames of kind {kind}")


def leave(code: int) -> None:
    """Ends the process at once: threads that tasks left behind do not hold it up."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            pass
    os._exit(code)
