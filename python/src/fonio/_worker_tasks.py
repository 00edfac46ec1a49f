"""Runs the tasks of TASKS frames and sends their results.

Three loops share one sender: tasks without parents (the quick one), tasks with parents, and
columns of a map. Each stores the task's number before the call and passes tasks that were taken
back. Results go out with the frame's last task, or as soon as work has taken `_HOLD_NS`.
"""

from __future__ import annotations

from collections.abc import Callable
from marshal import dumps as marshal_dumps
from marshal import loads as marshal_loads
from struct import unpack_from
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any

from fonio._arguments_in import place
from fonio._codec import (
    MARSHAL_VERSION,
    SCALARS,
    Parts,
    decode,
    decode_arguments,
    encode,
    only_scalars,
)
from fonio._failures import encode_error
from fonio._link import RECALL_TO, RUNNING
from fonio._segments import Segments
from fonio._wire import (
    DEPENDENCIES,
    ERROR,
    EXTENSION,
    IDS,
    INLINE_BYTES,
    LENGTHS,
    LOCAL_PARENT,
    OK,
    RESULTS,
    SEGMENT_BIT,
    SKIPPED,
    STATUS,
    frame,
    octets,
    words,
)
from fonio._worker_functions import Class, Functions, run_column
from fonio._worker_surroundings import Surroundings
from fonio.errors import SerializationError, TaskTooLarge

if TYPE_CHECKING:
    from fonio._worker_loop import Words

_HOLD_NS = 200_000
_TUPLE = ord("(")
_LENGTH_MASK = SEGMENT_BIT - 1


class Tasks:
    """The tasks of this worker, and the results that wait to be sent."""

    def __init__(
        self,
        words: Words,
        segments: Segments,
        functions: Functions,
        send: Callable[[bytes], None],
    ) -> None:
        self._words = words
        self._segments = segments
        self._functions = functions
        self._send = send
        self._surroundings = Surroundings()
        self._number = 0
        self._results: list[Any] = []
        self._odd: dict[int, tuple[int, int]] = {}
        self._name = ""
        self._since = 0
        self._due = 0

    def run(
        self, data: bytes, at: int, end: int, flags: int, class_id: int, count: int, first: int
    ) -> None:
        """Runs the tasks of one frame and sends all their results."""
        if flags & IDS:
            ids: Any = unpack_from(f"<{count}I", data, at)
            at += 4 * count
        else:
            ids = range(first, first + count)
        sizes: Any = None
        if flags & LENGTHS:
            sizes = unpack_from(f"<{count}I", data, at)
            at += 4 * count
        self._since = perf_counter_ns()
        self._due = self._since + _HOLD_NS
        entry = self._functions[class_id]
        self._name = entry.name
        if flags & DEPENDENCIES:
            self._spliced(entry, ids, sizes or (0,) * count, data, at, count)
        elif entry.columns:
            self._columns(entry, ids, sizes or (0,) * count, data, at)
        else:
            self._plain(entry, ids, sizes or (0,) * count, data, at)

    # The loops.

    def _plain(self, entry: Class, ids: Any, sizes: Any, data: bytes, at: int) -> None:
        up = self._words.up
        down = self._words.down
        results = self._results
        add = results.append
        safe = SCALARS
        now = perf_counter_ns
        events = self._surroundings.events
        number = self._number
        sent = 0
        index = -1
        call: Any = None
        for index, size in enumerate(sizes):
            number += 1
            up[RUNNING] = number
            until = at + (size & _LENGTH_MASK)
            if number < down[RECALL_TO] and self._words.recalled(number):
                self._skip()
                at = until
                continue
            try:
                if call is None:
                    call = self._functions.call_of(entry)
                if not size:
                    value = call()
                elif size < SEGMENT_BIT and data[at] == _TUPLE:
                    value = call(*marshal_loads(data[at:until]))
                else:
                    args, kwargs, _ = decode_arguments(self._payload(data, at, size))
                    value = call(*args, **kwargs)
            except BaseException as problem:
                self._fail(problem)
            else:
                if value is None:
                    add(b"")
                else:
                    kind = type(value)
                    if kind in safe or (kind is tuple and only_scalars(map(type, value))):
                        add(marshal_dumps(value, MARSHAL_VERSION))
                        if len(results[-1]) > INLINE_BYTES:
                            self._move_out(results.pop())
                    else:
                        try:
                            self._add(value)
                        except SerializationError as problem:
                            self._fail(problem)
                    value = None
            at = until
            if events:
                self._surroundings.restore()
            if now() > self._due:
                self._number = number
                self._flush(ids[sent : index + 1])
                sent = index + 1
        self._number = number
        self._flush(ids[sent : index + 1])

    def _columns(self, entry: Class, ids: Any, sizes: Any, data: bytes, at: int) -> None:
        for index, size in enumerate(sizes):
            if self._begin():
                try:
                    call = self._functions.call_of(entry)
                    column = self._payload(data, at, size)
                    self._keep(run_column(call, column, entry.retries, perf_counter_ns))
                except BaseException as problem:
                    self._fail(problem)
                self._surroundings.restore()
            else:
                self._skip()
            self._flush(ids[index : index + 1])
            at += size & _LENGTH_MASK

    def _spliced(
        self, entry: Class, ids: Any, sizes: Any, data: bytes, at: int, count: int
    ) -> None:
        counts = unpack_from(f"<{count}I", data, at)
        total = sum(counts)
        parents = unpack_from(f"<{2 * total}I", data, at + 4 * count)
        at += 4 * count + 8 * total
        wanted = _uses(parents)
        local: dict[int, tuple[Any, Any, bool]] = {}
        sent = 0
        index = -1
        upto = 0
        for index, (size, own) in enumerate(zip(sizes, counts)):
            mine = parents[2 * upto : 2 * (upto + own)]
            upto += own
            start = at
            for length in mine[1::2]:
                at += 0 if length == LOCAL_PARENT else length & _LENGTH_MASK
            payload_at = at
            at += size & _LENGTH_MASK
            if not self._begin() or any(
                [m == LOCAL_PARENT and p not in local for p, m in zip(mine[::2], mine[1::2])]
            ):
                self._skip()
                continue
            try:
                values = self._parents(mine, data, start, local, wanted)
                call = self._functions.call_of(entry)
                if not size:
                    value = call(*values)
                else:
                    args, kwargs, places = decode_arguments(self._payload(data, payload_at, size))
                    args, kwargs = place(args, kwargs, places, values)
                    value = call(*args, **kwargs)
                self._add(value)
            except BaseException as problem:
                self._fail(problem)
            else:
                last = self._odd.get(len(self._results) - 1)
                if ids[index] in wanted and (last is None or last[0] == OK):
                    local[ids[index]] = (value, self._results[-1], last is not None)
            if self._surroundings.events:
                self._surroundings.restore()
            if perf_counter_ns() > self._due:
                self._flush(ids[sent : index + 1])
                sent = index + 1
        self._flush(ids[sent : index + 1])

    def _begin(self) -> bool:
        """Says that the next task runs; False when it was taken back."""
        self._number += 1
        self._words.run(self._number)
        return not self._words.recalled(self._number)

    def _parents(
        self,
        mine: Any,
        data: bytes,
        at: int,
        local: dict[int, tuple[Any, Any, bool]],
        wanted: dict[int, int],
    ) -> list[Any]:
        """The parents' values: decoded, or passed on where this is a local one's only use."""
        values = []
        for parent, length in zip(mine[::2], mine[1::2]):
            if length == LOCAL_PARENT:
                value, payload, outside = local[parent]
                if wanted[parent] == 1:
                    del local[parent]
                    values.append(value)
                else:
                    wanted[parent] -= 1
                    values.append(decode(self._segments.map(payload) if outside else payload))
            else:
                values.append(decode(self._payload(data, at, length)) if length else None)
                at += length & _LENGTH_MASK
        return values

    # Payloads.

    def _payload(self, data: bytes, at: int, size: int) -> Any:
        if size >= SEGMENT_BIT:
            return self._segments.map(data[at : at + size - SEGMENT_BIT])
        return data[at : at + size]

    def _add(self, value: Any) -> None:
        """Encodes a value; one that cannot be pickled fails this task alone."""
        try:
            payload = encode(value)
        except BaseException as problem:
            raise SerializationError(
                f"the result of {self._name} cannot be pickled: {problem}"
            ) from problem
        self._keep(payload)

    def _keep(self, payload: Any) -> None:
        if len(payload) > INLINE_BYTES:
            self._move_out(payload)
        else:
            self._results.append(payload.join() if type(payload) is Parts else payload)

    def _move_out(self, payload: Any) -> None:
        try:
            reference = self._segments.store(payload)
        except TaskTooLarge as problem:
            self._fail(problem)
            return
        self._odd[len(self._results)] = (OK, SEGMENT_BIT)
        self._results.append(reference)

    def _skip(self) -> None:
        self._odd[len(self._results)] = (SKIPPED, 0)
        self._results.append(b"")

    def _fail(self, problem: BaseException) -> None:
        payload = encode_error(problem)
        if len(payload) > INLINE_BYTES:
            try:
                reference = self._segments.store(payload)
            except TaskTooLarge as second:
                payload = encode_error(second)
            else:
                self._odd[len(self._results)] = (ERROR, SEGMENT_BIT)
                self._results.append(reference)
                return
        self._odd[len(self._results)] = (ERROR, 0)
        self._results.append(payload)

    # Sending.

    def _flush(self, ids: Any) -> None:
        """Sends the results that are there; they belong to these tasks, in order."""
        results = self._results
        count = len(results)
        now = perf_counter_ns()
        if count:
            self._surroundings.flush()
            flags = EXTENSION
            columns = []
            first = ids[0]
            if count > 1 and type(ids) is not range:
                flags |= IDS
                columns.append(words(ids))
            odd = self._odd
            if odd:
                flags |= LENGTHS | STATUS
                lengths = [len(r) for r in results]
                statuses = [OK] * count
                for index, (status, bit) in odd.items():
                    statuses[index] = status
                    lengths[index] |= bit
                columns.append(words(lengths))
                columns.append(octets(statuses))
                odd.clear()
            elif any(results):
                flags |= LENGTHS
                columns.append(words(map(len, results)))
            columns.append(b"\x08\0\0\0" + (now - self._since).to_bytes(8, "little"))
            columns.extend(results)
            self._send(frame(RESULTS, flags, 0, count, first, b"".join(columns)))
            results.clear()
            now = perf_counter_ns()
        self._since = now
        self._due = now + _HOLD_NS


def _uses(parents: Any) -> dict[int, int]:
    """How often each local parent is used in the frame."""
    uses: dict[int, int] = {}
    for parent, length in zip(parents[::2], parents[1::2]):
        if length == LOCAL_PARENT:
            uses[parent] = uses.get(parent, 0) + 1
    return uses
