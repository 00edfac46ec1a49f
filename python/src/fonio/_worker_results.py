"""The results that wait to be sent: payloads in the order of their tasks, and what is odd of them.

A result that cannot be encoded or stored becomes an error of its own task, here and nowhere else.

Results wait for company, at most `HOLD_NS` of work. A task that turns out to be long cannot send
what waits, so the engine, which sees that the worker is behind, sends the signal `URGENT`, and its
handler sends while the task runs. The signal may come between any two steps of the worker, so the
handler does nothing while a method of this module is on the stack, and every method leaves a state
in which each payload belongs to one id, in order.
"""

from __future__ import annotations

from collections.abc import Callable
from marshal import dumps as marshal_dumps
from sys import getrecursionlimit
from time import perf_counter_ns
from types import FrameType
from typing import Any

from fonio._codec import MARSHAL_VERSION, SCALARS, Parts, only_scalars, pickled
from fonio._failures import encode_error, traceback_text
from fonio._segments import Segments
from fonio._wire import (
    ERROR,
    EXTENSION,
    IDS,
    INLINE_BYTES,
    LENGTHS,
    OK,
    RESULTS,
    SEGMENT_BIT,
    SKIPPED,
    STATUS,
    frame,
    octets,
    words,
)
from fonio._worker_journal import Journal
from fonio._worker_surroundings import Surroundings
from fonio.errors import ExecutorError, SerializationError

HOLD_NS = 200_000
_STACK_LEFT = 100
_EXTENSION_BYTES = (8).to_bytes(4, "little")


class Results:
    """The results of one worker; `due` is when they shall be sent at the latest."""

    __slots__ = (
        "_ids",
        "_journal",
        "_last",
        "_odd",
        "_segments",
        "_send",
        "_sent",
        "_since",
        "_surroundings",
        "due",
        "payloads",
    )

    def __init__(
        self,
        segments: Segments,
        send: Callable[[bytes], None],
        surroundings: Surroundings,
        journal: Journal | None = None,
    ) -> None:
        self._ids: Any = ()
        self._journal = journal or Journal()
        self._last = (b"", 0)
        self.payloads: list[bytes] = []
        self.due = 0
        self._odd: dict[int, tuple[int, int]] = {}
        self._segments = segments
        self._send = send
        self._surroundings = surroundings
        self._sent = 0
        self._since = 0

    def open(self, ids: Any) -> None:
        """Begins the results of a frame: those of these tasks, in order."""
        self._ids = ids
        self._sent = 0
        self.begin()

    def begin(self) -> None:
        """Starts the clock of the work that the next results tell."""
        self._since = perf_counter_ns()
        self.due = self._since + HOLD_NS

    def add(self, value: Any, name: str) -> bool:
        """Adds the value that the function of this name returned; False: it became an error."""
        kind = type(value)
        if kind in SCALARS or (kind is tuple and only_scalars(map(type, value))):
            payload: Any = b"" if value is None else marshal_dumps(value, MARSHAL_VERSION)
            if len(payload) <= INLINE_BYTES:
                self.payloads.append(payload)
                return True
            return self.keep(payload)
        try:
            payload = pickled(value)
        except BaseException as problem:
            failure = SerializationError(
                f"the result of {name} is a {kind.__name__} and cannot be pickled: {problem}"
            )
            failure.__cause__ = problem
            self.fail(failure)
            return False
        return self.keep(payload)

    def keep(self, payload: Any) -> bool:
        """Adds an encoded result, in a segment if it is large; False: there was no room."""
        if len(payload) <= INLINE_BYTES:
            self.payloads.append(payload.join() if type(payload) is Parts else payload)
            return True
        try:
            self._store(payload, OK)
        except (ExecutorError, OSError) as problem:
            self.fail(problem)
            return False
        return True

    def last(self) -> tuple[bytes, int]:
        """The payload that was added last and its length as a column has it."""
        if not self.payloads:
            return self._last
        payload = self.payloads[-1]
        _, bit = self._odd.get(len(self.payloads) - 1, (OK, 0))
        return payload, len(payload) | bit

    def skip(self) -> None:
        """Adds that the task was not run."""
        self._odd[len(self.payloads)] = (SKIPPED, 0)
        self.payloads.append(b"")

    def fail(self, problem: BaseException) -> None:
        """Adds the exception that ended the task; the traceback begins in the task's own code."""
        trace = problem.__traceback__
        if trace is not None and trace.tb_next is not None:
            problem.__traceback__ = trace.tb_next
        text = traceback_text(problem)
        self._journal.failed(len(self.payloads), problem, text)
        payload = encode_error(problem, text)
        if len(payload) > INLINE_BYTES:
            try:
                self._store(payload, ERROR)
                return
            except (ExecutorError, OSError) as second:
                payload = encode_error(second)
        self._odd[len(self.payloads)] = (ERROR, 0)
        self.payloads.append(payload)

    def flush(self) -> None:
        """Sends all."""
        if self.payloads:
            self._surroundings.settle()
            self._write()
        self.begin()

    def urged(self, _: int, frame: FrameType | None) -> None:
        """Sends all while a task runs: the handler of `URGENT`."""
        if not self.payloads:
            return
        depth = _STACK_LEFT
        while frame is not None:
            if frame.f_globals is _GLOBALS:
                self.due = 0  # the loop sends when it is back
                return
            frame = frame.f_back
            depth += 1
        if depth < getrecursionlimit():
            self._write()
            self.begin()

    def _write(self) -> None:
        payloads = self.payloads
        count = len(payloads)
        ids = self._ids[self._sent : self._sent + count]
        self._journal.write(ids)
        self._last = self.last()
        first = ids[0]
        flags = EXTENSION
        columns = []
        if type(ids) is not range:
            flags |= IDS
            columns.append(words(ids))
        if self._odd:
            flags |= LENGTHS | STATUS
            columns.extend(self._odd_columns())
        elif any(payloads):
            flags |= LENGTHS
            columns.append(words(map(len, payloads)))
        spent = perf_counter_ns() - self._since
        columns.append(_EXTENSION_BYTES + spent.to_bytes(8, "little"))
        columns.extend(payloads)
        self._send(frame(RESULTS, flags, 0, count, first, b"".join(columns)))
        payloads.clear()
        self._odd.clear()
        self._sent += count

    def _store(self, payload: Any, status: int) -> None:
        reference = self._segments.store(payload)
        self._odd[len(self.payloads)] = (status, SEGMENT_BIT)
        self.payloads.append(reference)

    def _odd_columns(self) -> list[bytes]:
        lengths = list(map(len, self.payloads))
        statuses = [OK] * len(lengths)
        for index, (status, bit) in self._odd.items():
            statuses[index] = status
            lengths[index] |= bit
        return [words(lengths), octets(statuses)]


_GLOBALS = globals()
