"""Runs the tasks of a frame that have parents: their values are put in where the calls name them.

A local parent ran earlier in the same frame. Its value is passed on as it is at its last use, and
decoded from its payload for uses before, so that no two tasks share an object.
"""

from __future__ import annotations

from collections import Counter
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any

from fonio._arguments_in import place
from fonio._codec import decode, decode_arguments
from fonio._wire import LOCAL_PARENT, SEGMENT_BIT
from fonio._worker_functions import Class

if TYPE_CHECKING:
    from fonio._worker_tasks import Tasks

_LENGTH_MASK = SEGMENT_BIT - 1


def run_spliced(
    tasks: Tasks,
    entry: Class,
    ids: Any,
    sizes: Any,
    counts: Any,
    parents: Any,
    data: bytes,
    at: int,
) -> None:
    """Runs them in order and sends their results; `parents` holds pairs (task, length)."""
    results = tasks.results
    surroundings = tasks.surroundings
    events = surroundings.events
    locals_ = _Locals(parents)
    sent = 0
    index = -1
    pair = 0
    for index, (size, own) in enumerate(zip(sizes, counts)):
        mine = parents[pair : pair + 2 * own]
        pair += 2 * own
        start = at
        for length in mine[1::2]:
            if length != LOCAL_PARENT:
                at += length & _LENGTH_MASK
        here = at
        at += size & _LENGTH_MASK
        if not tasks.begin() or not locals_.have(mine):
            results.skip()
            continue
        try:
            value = _call(tasks, entry, locals_, mine, data, start, here, size)
        except BaseException as problem:
            if events:
                surroundings.restore(problem)
            results.fail(problem)
        else:
            if events:
                surroundings.restore()
            if results.add(value, entry.name):
                locals_.keep(ids[index], value, results.last())
            value = None
        if perf_counter_ns() > results.due:
            results.flush(ids[sent : index + 1])
            sent = index + 1
    results.flush(ids[sent : index + 1])


def _call(
    tasks: Tasks,
    entry: Class,
    locals_: _Locals,
    mine: Any,
    data: bytes,
    at: int,
    here: int,
    size: int,
) -> Any:
    call = tasks.functions.call_of(entry)
    values = []
    for parent, length in zip(mine[::2], mine[1::2]):
        if length == LOCAL_PARENT:
            values.append(locals_.take(parent, tasks))
        else:
            values.append(decode(tasks.payload(data, at, length)) if length else None)
            at += length & _LENGTH_MASK
    if not size:
        return call(*values)
    args, kwargs, places = decode_arguments(tasks.payload(data, here, size))
    if values:
        args, kwargs = place(args, kwargs, places, values)
    return call(*args, **kwargs)


class _Locals:
    """The values that later tasks of the same frame use, with how many uses are left."""

    __slots__ = ("_kept", "_uses")

    def __init__(self, parents: Any) -> None:
        pairs = zip(parents[::2], parents[1::2])
        self._uses = Counter([task for task, length in pairs if length == LOCAL_PARENT])
        self._kept: dict[int, tuple[Any, tuple[bytes, int]]] = {}

    def have(self, mine: Any) -> bool:
        """Whether every local parent of a task ended well."""
        for task, length in zip(mine[::2], mine[1::2]):
            if length == LOCAL_PARENT and task not in self._kept:
                return False
        return True

    def keep(self, task: int, value: Any, result: tuple[bytes, int]) -> None:
        """Keeps the value of a task if one uses it."""
        if task in self._uses:
            self._kept[task] = (value, result)

    def take(self, task: int, tasks: Tasks) -> Any:
        """The value for one use of it."""
        value, (payload, size) = self._kept[task]
        self._uses[task] -= 1
        if not self._uses[task]:
            del self._kept[task]
            return value
        return decode(tasks.payload(payload, 0, size))
