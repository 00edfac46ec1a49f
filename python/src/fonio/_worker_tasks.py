"""Runs the tasks of TASKS frames.

Three loops share the results: tasks without parents (the quick one), columns of a map, and tasks
with parents (`_worker_spliced`). Each stores the task's number before the call and skips tasks that
were taken back. Results go out with the frame's last task, or as soon as work has taken `HOLD_NS`;
those that wait behind a longer task, when the engine urges (`Results.urged`).
"""

from __future__ import annotations

from collections.abc import Callable
from marshal import dumps as marshal_dumps
from marshal import loads as marshal_loads
from struct import error as StructError
from struct import unpack_from
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any

from fonio._codec import MARSHAL_VERSION, SCALARS, decode_arguments, only_scalars
from fonio._link import RECALL_TO, RUNNING
from fonio._segments import Segments
from fonio._wire import (
    ATTEMPTS,
    DEPENDENCIES,
    IDS,
    INLINE_BYTES,
    LENGTHS,
    LOCAL_PARENT,
    SEGMENT_BIT,
    MalformedFrame,
)
from fonio._worker_functions import Class, Functions
from fonio._worker_journal import Journal
from fonio._worker_results import Results
from fonio._worker_surroundings import Surroundings

if TYPE_CHECKING:
    from fonio._worker_loop import Words

_TUPLE = ord("(")
_LENGTH_MASK = SEGMENT_BIT - 1
_COLUMNS = IDS | LENGTHS | DEPENDENCIES | ATTEMPTS


class Tasks:
    """The tasks of this worker; it numbers them as the engine does."""

    def __init__(
        self,
        words: Words,
        segments: Segments,
        functions: Functions,
        surroundings: Surroundings,
        send: Callable[[bytes], None],
        journal: Journal | None = None,
    ) -> None:
        self.words = words
        self._segments = segments
        self.functions = functions
        self.surroundings = surroundings
        self.results = Results(segments, send, surroundings, journal)
        self.number = 0

    def run(
        self, data: bytes, at: int, end: int, flags: int, class_id: int, count: int, first: int
    ) -> None:
        """Runs the tasks of one frame and sends all their results."""
        if flags & ~_COLUMNS:
            raise MalformedFrame(f"a frame TASKS with the flags {flags:#04x}")
        parents: Any = ()
        counts: Any = ()
        try:
            ids: Any = range(first, first + count)
            if flags & IDS:
                ids = unpack_from(f"<{count}I", data, at)
                at += 4 * count
            sizes: Any = (0,) * count
            if flags & LENGTHS:
                sizes = unpack_from(f"<{count}I", data, at)
                at += 4 * count
            if flags & DEPENDENCIES:
                counts = unpack_from(f"<{count}I", data, at)
                parents = unpack_from(f"<{2 * sum(counts)}I", data, at + 4 * count)
                at += 4 * count + 4 * len(parents)
        except StructError:
            raise MalformedFrame(
                f"the columns of {count} tasks do not fit in their frame"
            ) from None
        if flags & ATTEMPTS:
            at += 2 * count + 2 * (count & 1)
        blob = sum(sizes)
        if blob != end - at:
            lengths = [size for size in parents[1::2] if size != LOCAL_PARENT]
            blob = sum([size & _LENGTH_MASK for size in (*sizes, *lengths)])
            if blob != end - at:
                raise MalformedFrame(f"tasks of {blob} bytes in a blob of {end - at}")
        entry = self.functions[class_id]
        self.results.open(ids)
        if parents:
            from fonio._worker_spliced import run_spliced

            run_spliced(self, entry, ids, sizes, counts, parents, data, at)
        elif entry.columns:
            self._columns(entry, sizes, data, at)
        else:
            self._plain(entry, sizes, data, at)

    def _plain(self, entry: Class, sizes: Any, data: bytes, at: int) -> None:
        up = self.words.up
        down = self.words.down
        results = self.results
        add = results.payloads.append
        safe = SCALARS
        now = perf_counter_ns
        surroundings = self.surroundings
        events = surroundings.events
        number = self.number
        name = entry.name
        call: Any = None
        value: Any = None
        for size in sizes:
            number += 1
            up[RUNNING] = number
            until = at + (size & _LENGTH_MASK)
            if number < down[RECALL_TO] and self.words.recalled(number):
                results.skip()
                at = until
                continue
            try:
                if call is None:
                    call = self.functions.call_of(entry)
                if not size:
                    value = call()
                elif size < SEGMENT_BIT and data[at] == _TUPLE:
                    value = call(*marshal_loads(data[at:until]))
                else:
                    value = self.call(call, data, at, size)
            except BaseException as problem:
                if events:
                    surroundings.restore(problem)
                results.fail(problem)
            else:
                if events:
                    surroundings.restore()
                if value is None:
                    add(b"")
                else:
                    kind = type(value)
                    if kind in safe or (kind is tuple and only_scalars(map(type, value))):
                        payload = marshal_dumps(value, MARSHAL_VERSION)
                        if len(payload) > INLINE_BYTES:
                            results.keep(payload)
                        else:
                            add(payload)
                    else:
                        results.add(value, name)
                    value = None
            at = until
            if now() > results.due:
                results.flush()
        self.number = number
        results.flush()

    def _columns(self, entry: Class, sizes: Any, data: bytes, at: int) -> None:
        from fonio._worker_map import run_column

        results = self.results
        for size in sizes:
            if self.begin():
                try:
                    call = self.functions.call_of(entry)
                    column = self.payload(data, at, size)
                    payload = run_column(call, entry.name, column, entry.retries)
                except BaseException as problem:
                    self.surroundings.restore(problem)
                    results.fail(problem)
                else:
                    self.surroundings.restore()
                    results.keep(payload)
            else:
                results.skip()
            results.flush()
            at += size & _LENGTH_MASK

    def begin(self) -> bool:
        """Says that the next task runs; False when it was taken back."""
        self.number += 1
        self.words.run(self.number)
        return not self.words.recalled(self.number)

    def payload(self, data: bytes, at: int, size: int) -> Any:
        """The bytes of this length in the blob, or of the segment that they stand for."""
        if size >= SEGMENT_BIT:
            return self._segments.map(data[at : at + size - SEGMENT_BIT])
        return data[at : at + size]

    def call(self, call: Callable[..., Any], data: bytes, at: int, size: int) -> Any:
        """Calls with arguments that are not a plain tuple; nothing keeps them afterwards."""
        args, kwargs, _ = decode_arguments(self.payload(data, at, size))
        return call(*args, **kwargs)
