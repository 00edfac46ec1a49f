"""Runs the tasks of a frame that have parents: their values are put in where the calls name them.

A local parent ran earlier in the same frame. Its value is passed on as it is where that is its only
use; else each use but the last decodes its payload, so that no two tasks share an object. A chain,
each task with one local parent, goes by a short way.
"""

from __future__ import annotations

from collections import Counter
from marshal import loads as marshal_loads
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any

from fonio._arguments_in import place
from fonio._codec import decode, decode_arguments
from fonio._link import RECALL_TO, RUNNING
from fonio._wire import LOCAL_PARENT, SEGMENT_BIT
from fonio._worker_functions import Class

if TYPE_CHECKING:
    from fonio._worker_tasks import Tasks

_LENGTH_MASK = SEGMENT_BIT - 1
_LIST = ord("[")


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
    add = results.add
    surroundings = tasks.surroundings
    events = surroundings.events
    words = tasks.words
    up = words.up
    down = words.down
    now = perf_counter_ns
    number = tasks.number
    name = entry.name
    values = _Values(tasks, parents)
    left = values.left
    kept = values.kept
    pair = 0
    call: Any = None
    value: Any = None
    given: Any = None
    for index, size in enumerate(sizes):
        number += 1
        up[RUNNING] = number
        own = counts[index]
        start = at
        if own == 1 and parents[pair + 1] == LOCAL_PARENT:
            mine = parents[pair : pair + 2]
            pair += 2
        else:
            mine = parents[pair : pair + 2 * own]
            pair += 2 * own
            at += sum([n & _LENGTH_MASK for n in mine[1::2] if n != LOCAL_PARENT])
        here = at
        at += size & _LENGTH_MASK
        if number < down[RECALL_TO] and words.recalled(number):
            results.skip()
            continue
        try:
            if not own:
                given = ()
            elif own == 1 and left.get(mine[0]) == 1 and mine[0] in kept:
                given = (kept.pop(mine[0]),)
            elif values.lack(mine):
                results.skip()
                continue
            else:
                given = values.of(mine, data, start)
            if call is None:
                call = tasks.functions.call_of(entry)
            if not size:
                value = call(*given)
            elif own:
                value = _call(tasks, call, given, data, here, size)
            else:
                value = tasks.call(call, data, here, size)
        except BaseException as problem:
            if events:
                surroundings.restore(problem)
            results.fail(problem)
        else:
            if events:
                surroundings.restore()
            if add(value, name) and ids[index] in left:
                values.keep(ids[index], value)
            value = None
        given = None
        if now() > results.due:
            results.flush()
    tasks.number = number
    results.flush()


def _call(tasks: Tasks, call: Any, given: Any, data: bytes, at: int, size: int) -> Any:
    """Calls with the values of the parents at their places."""
    if size < SEGMENT_BIT and data[at] == _LIST:
        args, kwargs, places = marshal_loads(data[at : at + size])
        if len(places) == 1 and type(places[0]) is int:
            args = list(args)
            args[places[0]] = given[0]
            return call(*args, **kwargs) if kwargs else call(*args)
    else:
        args, kwargs, places = decode_arguments(tasks.payload(data, at, size))
    args, kwargs = place(args, kwargs, places, given)
    return call(*args, **kwargs)


class _Values:
    """The values of parents. Of local ones `kept` holds those that later tasks of the frame use,
    `left` how many uses they still have, `results` the payloads of those with more than one.
    """

    __slots__ = ("_results", "_tasks", "kept", "left")

    def __init__(self, tasks: Tasks, parents: Any) -> None:
        pairs = zip(parents[::2], parents[1::2])
        self.left = Counter([task for task, length in pairs if length == LOCAL_PARENT])
        self.kept: dict[int, Any] = {}
        self._results: dict[int, tuple[bytes, int]] = {}
        self._tasks = tasks

    def keep(self, task: int, value: Any) -> None:
        """Keeps the value of the task whose result was added last."""
        self.kept[task] = value
        if self.left[task] > 1:
            self._results[task] = self._tasks.results.last()

    def lack(self, mine: Any) -> bool:
        """Whether a local parent of these did not end well."""
        for task, length in zip(mine[::2], mine[1::2]):
            if length == LOCAL_PARENT and task not in self.kept:
                return True
        return False

    def of(self, mine: Any, data: bytes, at: int) -> list[Any]:
        """The values of a task's parents, in their order."""
        values = []
        for task, length in zip(mine[::2], mine[1::2]):
            if length == LOCAL_PARENT:
                values.append(self._take(task))
            else:
                values.append(decode(self._tasks.payload(data, at, length)) if length else None)
                at += length & _LENGTH_MASK
        return values

    def _take(self, task: int) -> Any:
        if self.left[task] == 1:
            self._results.pop(task, None)
            return self.kept.pop(task)
        self.left[task] -= 1
        payload, size = self._results[task]
        return decode(self._tasks.payload(payload, 0, size))
