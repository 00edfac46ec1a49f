"""What a foreign worker must know for its tasks, and how much of it goes along with them.

Nobody knows which worker gets a submission, or what it has been told. Small functions go along
every time. Large ones, and shared objects, go along with tasks that came back for want of them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fonio._bridge_answers import Need
from fonio._bridge_tasks import Part
from fonio._wire import MalformedFrame

SMALL_BYTES = 65_536
_INITIALIZER = 0
_MOST_RELEASED = 256


class Job(NamedTuple):
    """One submission, as it travels."""

    run: str
    paths: tuple[str, ...]
    initializer: bool
    functions: dict[int, bytes]
    class_id: int
    function: int
    options: bytes
    objects: dict[int, Any]
    released: tuple[int, ...]
    flags: int
    many: int
    body: bytes


class Definitions:
    """All that this bridge was told."""

    def __init__(self, run: str, paths: tuple[str, ...], initializer: bool) -> None:
        self._run = run
        self._paths = paths
        self._initializer = initializer
        self._functions: dict[int, bytes] = {}
        self._classes: dict[int, tuple[int, bytes]] = {}
        self._objects: dict[int, bytes] = {}
        self._released: dict[int, None] = {}
        self._needs: dict[int, set[Need]] = {}

    def function(self, number: int, body: bytes) -> None:
        """Keeps a function."""
        self._functions[number] = body

    def define(self, number: int, function: int, options: bytes) -> None:
        """Keeps a class."""
        self._classes[number] = (function, options)

    def share(self, number: int, body: bytes) -> None:
        """Keeps a shared object: its length, then its payload."""
        self._objects[number] = body[4:]

    def unshare(self, number: int) -> None:
        """Forgets a shared object, and has the workers forget it."""
        self._objects.pop(number, None)
        self._released[number] = None
        if len(self._released) > _MOST_RELEASED:
            del self._released[next(iter(self._released))]

    def need(self, task: int, need: Need) -> None:
        """Notes what a task came back for want of."""
        self._needs.setdefault(task, set()).add(need)

    def job(self, part: Part) -> Job:
        """The submission of these tasks."""
        if part.class_id not in self._classes:
            raise MalformedFrame(f"tasks came before their class {part.class_id}")
        function, options = self._classes[part.class_id]
        needs: set[Need] = set()
        if self._needs:
            for task, _ in part.tasks:
                needs |= self._needs.pop(task, set())
        wanted = (_INITIALIZER, function) if self._initializer else (function,)
        return Job(
            run=self._run,
            paths=self._paths,
            initializer=self._initializer,
            functions={
                number: self._functions[number]
                for number in wanted
                if number in self._functions
                and (len(self._functions[number]) <= SMALL_BYTES or ("function", number) in needs)
            },
            class_id=part.class_id,
            function=function,
            options=options,
            objects={n: self._objects.get(n) for kind, n in needs if kind == "object"},
            released=tuple(self._released),
            flags=part.flags,
            many=len(part.tasks),
            body=part.body,
        )
