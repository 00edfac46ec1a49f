"""The registry: functions and classes of a session, each known by a number."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fonio._app import Function, TaskClass
from fonio.errors import ConfigurationError

if TYPE_CHECKING:
    from fonio._future import Future
    from fonio._session import Session

_MAX_CLASSES = 0xFFFF

Retry = Callable[[BaseException, "Future"], bool]


class Registry:
    """What a session has interned; a function that is equal to a known one is that one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = threading.Lock()
        self._functions: dict[Any, Function] = {}
        self._classes: dict[Any, TaskClass] = {}
        self._by_number: list[TaskClass] = []

    def make(
        self,
        function: Callable[..., Any] | None,
        name: str | None = None,
        retry: Retry | None = None,
        **options: Any,
    ) -> TaskClass:
        """The class of a function (None: a promise) and options; None and False are left out.

        `kills` is that of the executor whose label is `lane`, or of the first executor.

        `retry(exception, future)` decides in the client whether a failed task runs again.
        """
        if retry is not None:
            options["ask"] = "retry"
        given = {
            k: int(v) if v is True else v
            for k, v in options.items()
            if v is not None and v is not False
        }
        kills = self._session.kills
        if kills and function is not None:
            lane = given.get("lane")
            given.setdefault("kills", kills[lane] if lane in kills else next(iter(kills.values())))
        with self._lock:
            known = None if function is None else self._function(function)
            label = name or (known.name if known is not None else "promise")
            key = (None if known is None else known.id, label, retry, tuple(sorted(given.items())))
            found = self._classes.get(key)
            if found is None:
                number = len(self._by_number) + 1
                if number > _MAX_CLASSES:
                    raise ConfigurationError(
                        f"more than {_MAX_CLASSES:,} functions or options in one session: "
                        "make the app once, outside of the loop, and call it with arguments"
                    )
                found = TaskClass(self._session, number, label, known, given, retry)
                self._classes[key] = found
                self._by_number.append(found)
            return found

    def number(self, class_id: int) -> TaskClass:
        """The class of this number."""
        return self._by_number[class_id - 1]

    def _function(self, function: Callable[..., Any]) -> Function:
        key: Any = function
        try:
            found = self._functions.get(key)
        except TypeError:  # not hashable: known by identity
            key = id(function)
            found = self._functions.get(key)
        if found is None:
            name = getattr(function, "__qualname__", None) or type(function).__name__
            found = Function(len(self._functions) + 1, function, name.replace("<locals>.", ""))
            self._functions[key] = found
        return found
