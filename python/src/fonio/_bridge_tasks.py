"""The tasks that wait in a bridge: frames TASKS, cut where they may be cut."""

from __future__ import annotations

from collections import deque
from itertools import accumulate
from struct import error as StructError
from struct import unpack_from
from typing import Any, NamedTuple

from fonio._wire import (
    ATTEMPTS,
    DEPENDENCIES,
    IDS,
    LENGTHS,
    LOCAL_PARENT,
    SEGMENT_BIT,
    MalformedFrame,
    words,
)

_COLUMNS = IDS | LENGTHS | DEPENDENCIES | ATTEMPTS
Task = tuple[int, int]
"""A task's id and its attempt."""


class Part(NamedTuple):
    """Tasks of one class that run one after the other: the columns and the blob of a frame."""

    class_id: int
    flags: int
    tasks: list[Task]
    body: bytes


class Frame:
    """One frame TASKS."""

    def __init__(self, flags: int, class_id: int, count: int, first: int, body: bytes) -> None:
        self.class_id = class_id
        self.ids: Any = range(first, first + count)
        self._sizes: Any = (0,) * count
        self._counts: Any = ()
        self._parents: Any = ()
        attempts: Any = (0,) * count
        at = 0
        if flags & ~_COLUMNS:
            raise MalformedFrame(f"a frame TASKS with the flags {flags:#04x}")
        try:
            if flags & IDS:
                self.ids = unpack_from(f"<{count}I", body, at)
                at += 4 * count
            if flags & LENGTHS:
                self._sizes = unpack_from(f"<{count}I", body, at)
                at += 4 * count
            if flags & DEPENDENCIES:
                self._counts = unpack_from(f"<{count}I", body, at)
                self._parents = unpack_from(f"<{2 * sum(self._counts)}I", body, at + 4 * count)
                at += 4 * count + 4 * len(self._parents)
            if flags & ATTEMPTS:
                attempts = unpack_from(f"<{count}H", body, at)
                at += 2 * count + 2 * (count & 1)
        except StructError:
            raise MalformedFrame(
                f"the columns of {count} tasks do not fit in their frame"
            ) from None
        self.attempts = attempts
        self._pairs = list(accumulate(self._counts, initial=0))
        self._starts = list(accumulate(self._bytes(), initial=at))
        self._data = body
        if self._starts[-1] != len(body):
            raise MalformedFrame(
                f"tasks of {self._starts[-1] - at} bytes in a blob of {len(body) - at}"
            )

    def __len__(self) -> int:
        return len(self.ids)

    def _bytes(self) -> Any:
        if any([size >= SEGMENT_BIT for size in self._sizes]):
            raise MalformedFrame("a task for a manager has its payload in a segment")
        if not self._counts:
            return self._sizes
        return [
            size + sum([n for n in self._lengths(index) if n != LOCAL_PARENT])
            for index, size in enumerate(self._sizes)
        ]

    def _lengths(self, index: int) -> Any:
        """The lengths of a task's parents."""
        first, after = self._pairs[index], self._pairs[index + 1]
        return self._parents[2 * first + 1 : 2 * after : 2]

    def cut(self, before: int) -> int:
        """Where a part ends that would end there: behind the last that takes a local parent."""
        while before < len(self) and self._counts and LOCAL_PARENT in self._lengths(before):
            before += 1
        return before

    def part(self, start: int, end: int) -> Part:
        """The tasks from one index to before another."""
        ids = self.ids[start:end]
        flags = IDS | LENGTHS
        columns = [words(ids), words(self._sizes[start:end])]
        if self._counts:
            flags |= DEPENDENCIES
            columns.append(words(self._counts[start:end]))
            columns.append(words(self._parents[2 * self._pairs[start] : 2 * self._pairs[end]]))
        columns.append(self._data[self._starts[start] : self._starts[end]])
        tasks = list(zip(ids, self.attempts[start:end]))
        return Part(self.class_id, flags, tasks, b"".join(columns))


class Backlog:
    """Tasks that wait, in the order in which they came."""

    def __init__(self) -> None:
        self._frames: deque[Frame] = deque()
        self._next = 0
        self._dropped: set[int] = set()
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, frame: Frame) -> None:
        """Appends the tasks of a frame."""
        if len(frame):
            self._frames.append(frame)
            self._size += len(frame)

    @property
    def head(self) -> tuple[int, int]:
        """The class and the id of the oldest task; there must be one."""
        self._skip()
        frame = self._frames[0]
        return frame.class_id, frame.ids[self._next]

    def take(self, most: int) -> Part:
        """Takes about so many of the oldest out, all of one class."""
        self._skip()
        frame, start = self._frames[0], self._next
        end = frame.cut(min(len(frame), start + most))
        if self._dropped:
            kept = [i for i in range(start, end) if frame.ids[i] in self._dropped]
            end = kept[0] if kept else end
        self._next = end
        self._size -= end - start
        self._turn()
        return frame.part(start, end)

    def drop(self, task: int) -> list[Task]:
        """Takes a task out, with those that would get their input from it; none: not here."""
        start = self._next
        for frame in self._frames:
            ids = frame.ids[start:]
            if task in ids and task not in self._dropped:
                index = start + ids.index(task)
                gone = range(index, frame.cut(index + 1))
                out = [i for i in gone if frame.ids[i] not in self._dropped]
                self._dropped.update([frame.ids[i] for i in out])
                self._size -= len(out)
                return [(frame.ids[i], frame.attempts[i]) for i in out]
            start = 0
        return []

    def clear(self) -> list[Task]:
        """Takes all out."""
        gone = []
        while self._size:
            gone.extend(self.take(len(self._frames[0])).tasks)
        return gone

    def _skip(self) -> None:
        while self._dropped and self._frames[0].ids[self._next] in self._dropped:
            self._dropped.discard(self._frames[0].ids[self._next])
            self._next += 1
            self._turn()

    def _turn(self) -> None:
        if self._next == len(self._frames[0]):
            self._frames.popleft()
            self._next = 0
