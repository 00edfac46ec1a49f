"""The chunks of a map: what is out, what has come back, and which element's error it was.

A chunk whose worker was lost is split in two and runs again, so that in the end only the element
that kills its worker fails.
"""

from __future__ import annotations

import concurrent.futures as cf
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from fonio._app import Function, TaskClass
from fonio._arguments import Bundle, stored
from fonio._columns import EACH, decode_column, elapsed_us, encode_column
from fonio._elements import error_frame
from fonio._failures import headline, raised
from fonio._future import ENCODED, ERROR, LARGE, Future
from fonio._gather import Arrival
from fonio.errors import AppTimeout, SerializationError, TaskTooLarge, WorkerLost

if TYPE_CHECKING:
    from fonio._pace import Pace
    from fonio._session import Session


Take = Callable[[int], Sequence[Any]]
"""Gives the next elements, at most so many; none at the end."""

_SPLIT = (WorkerLost, AppTimeout, TaskTooLarge, SerializationError)
"""What befell a chunk and may be the doing of one of its elements."""


class Chunk:
    """Some consecutive elements and the future of their results."""

    __slots__ = ("future", "parts", "size", "tasks", "values")

    def __init__(self, values: Sequence[Any]) -> None:
        self.tasks = 0  # that the engine knows
        self.values = values
        self.future: Future | None = None
        self.parts: list[Chunk] | None = None
        self.size = 0


class Failed:
    """An element that raised."""

    __slots__ = ("error",)

    def __init__(self, error: BaseException) -> None:
        self.error = error


class Chunks:
    """The chunks of one map: submits ahead, gives lists of values, raises an element's error."""

    def __init__(
        self,
        session: Session,
        function: Callable[..., Any],
        take: Take,
        pace: Pace,
        unordered: bool = False,
        timeout: float | None = None,
        **options: Any,
    ) -> None:
        self.broken = False
        self._session = session
        self._take = take
        self._pace = pace
        self._unordered = unordered
        self._end = None if timeout is None else monotonic() + timeout
        self._many = session.make_class(function, map=True, **{"on_worker_lost": "fail", **options})
        self._one = session.make_class(function, map=True, **options)
        code = self._many.function
        assert isinstance(code, Function)
        code.pickle()
        self._out: deque[Chunk] = deque()
        self._ready: deque[Any] = deque()
        self._exhausted = False
        self._failed = False

    def __iter__(self) -> Chunks:
        return self

    def __next__(self) -> list[Any]:
        while True:
            if self._ready:
                return self._give()
            self._fill()
            if not self._out:
                raise StopIteration
            chunk = self._next_ended()
            values = self._values(chunk)
            self._pace.left(len(chunk.values), chunk.size)
            self._fill()
            if not self._failed:
                return values
            self._ready.extend(values)

    def cancel(self) -> None:
        """Reads no more input and asks the engine to drop what is out."""
        self._exhausted = True
        while self._out:
            chunk = self._out.pop()
            self._session.elements.add(tasks=chunk.tasks - len(chunk.values))
            for part in chunk.parts or [chunk]:
                if part.future is not None and not part.future._s:
                    part.future.cancel()

    def _give(self) -> list[Any]:
        """The values up to the next error, or that error."""
        ready = self._ready
        if isinstance(ready[0], Failed):
            self.broken = True
            raise ready.popleft().error
        values = []
        while ready and not isinstance(ready[0], Failed):
            values.append(ready.popleft())
        return values

    def _fill(self) -> None:
        pace = self._pace
        added = False
        while not self._exhausted and pace.room(len(self._out)):
            values = self._take(pace.size())
            if not values:
                self._exhausted = True
                break
            chunk = Chunk(values)
            self._submit(chunk)
            self._out.append(chunk)
            added = True
        if added:
            self._session.outbox.flush()

    def _submit(self, chunk: Chunk) -> None:
        task_class = self._many if len(chunk.values) > 1 else self._one
        try:
            payload = encode_column(chunk.values)
            chunk.size = len(payload)
            packed = stored(self._session, payload)
            chunk.future = submit(task_class, packed)
            chunk.tasks = 1
        except _SPLIT as problem:
            chunk.future = failed(task_class, problem)
        self._session.elements.add(tasks=len(chunk.values) - chunk.tasks)
        self._pace.sent(len(chunk.values), chunk.size)

    def _next_ended(self) -> Chunk:
        out = self._out
        if self._unordered:
            while True:
                arrival = Arrival(self._session)
                for index, chunk in enumerate(out):
                    if chunk.future is not None and chunk.future._s:
                        del out[index]
                        return chunk
                self._wait(arrival)
        chunk = out[0]
        assert chunk.future is not None
        if not chunk.future._s:
            self._wait(chunk.future)
        out.popleft()
        return chunk

    def _wait(self, ended: Any) -> None:
        left = None if self._end is None else max(0.0, self._end - monotonic())
        try:
            self._session.wait(ended, left)
        except cf.TimeoutError:
            self.cancel()
            raise

    def _values(self, chunk: Chunk) -> list[Any]:
        """The chunk's values, with `Failed` in the place of errors; splits a lost chunk."""
        future = chunk.future
        assert future is not None
        self._failed = False
        if future._s == ENCODED or (future._s == LARGE and not future._v.status):
            payload = future._v if future._s == ENCODED else future._v.open()
            future._v = None
            self._session.outbox.nudge()
            self._pace.measured(len(chunk.values), elapsed_us(payload), len(payload))
            values = decode_column(payload)
            if payload[0] != EACH:
                self._session.elements.add(succeeded=len(values) - 1)
                return values
            self._failed = True
            bad = len(values) - sum([ok for ok, _ in values])
            self._session.elements.add(succeeded=len(values) - bad - 1, failed=bad)
            ended = [v if ok else Failed(raised(*v)) for ok, v in values]
            if bad:
                self._report(future, bad, ended)
            return ended
        error = cf.CancelledError() if future.cancelled() else future.exception()
        self._failed = True
        if len(chunk.values) > 1 and isinstance(error, _SPLIT):
            self._session.elements.add(tasks=-len(chunk.values), failed=-chunk.tasks)
            return self._halves(chunk)
        assert error is not None
        more = len(chunk.values) - chunk.tasks
        if isinstance(error, cf.CancelledError):
            self._session.elements.add(cancelled=more)
        else:
            self._session.elements.add(failed=more)
        return [Failed(error) for _ in chunk.values]

    def _report(self, future: Future, bad: int, values: list[Any]) -> None:
        """Tells the run's history why elements failed."""
        first = next(v for v in values if isinstance(v, Failed))
        text = headline(first.error)
        if len(values) > 1:
            text += f"\nthe first of {bad:,} that failed of the {len(values):,} elements of a chunk"
        outbox = self._session.outbox
        outbox.extra.append(error_frame(future._i, future._a.id, text))
        outbox.nudge()

    def _halves(self, chunk: Chunk) -> list[Any]:
        middle = len(chunk.values) // 2
        chunk.parts = [Chunk(chunk.values[:middle]), Chunk(chunk.values[middle:])]
        for part in chunk.parts:
            self._submit(part)
            self._pace.left(len(part.values), part.size)
        self._session.outbox.flush()
        values: list[Any] = []
        for part in chunk.parts:
            assert part.future is not None
            self._wait(part.future)
            values.extend(self._values(part))
        self._failed = True
        return values


def submit(task_class: TaskClass, packed: bytes | Bundle) -> Future:
    """A task of a class whose payload is made already; the caller flushes."""
    future: Future = Future()
    future._a = task_class
    future._s = 0
    future._i = 0
    future._v = packed
    task_class.session.outbox.buffer.append(future)
    return future


def failed(task_class: TaskClass, problem: BaseException) -> Future:
    """A future that has failed here."""
    future: Future = Future()
    future._a = task_class
    future._s = ERROR
    future._i = 0
    future._v = problem
    return future
