"""The future of a task: a `concurrent.futures.Future` whose state is four slots.

It is completed by whole frames in the thread that waits (`_drain`), which stores `_v` and then
`_s`; its value is decoded by who asks for it. The condition, waiters and callbacks of the standard
future exist only once somebody uses them (a callback, a foreign `wait`, asyncio); from then on the
future is *watched*: the session's reader thread ends it for those observers under its condition,
and until it has, they see it pending, so that they are told exactly once.
"""

from __future__ import annotations

import concurrent.futures as cf
import logging
import threading
from collections.abc import Callable, Generator
from marshal import loads as marshal_loads
from typing import TYPE_CHECKING, Any

from fonio._codec import decode
from fonio._failures import exception_of
from fonio._wire import CANCELLED as CANCELLED_STATUS
from fonio.errors import DeserializationError

if TYPE_CHECKING:
    from fonio._app import TaskClass

PENDING = 0
ENCODED = 1
"""Ended well, the value is still a payload. States 1-5 are a result's status plus one."""
CANCELLED = CANCELLED_STATUS + 1
VALUE = 6
ERROR = 7
LARGE = 8
"""Ended, the payload is in a segment: `_v` is a `Large`."""

_SETTLED = frozenset((CANCELLED, VALUE, ERROR))
_making = threading.Lock()


class Large:
    """A payload in a segment that belongs to the engine; it is released when read or dropped."""

    __slots__ = ("reference", "release", "segments", "status", "task")

    def __init__(
        self, status: int, reference: bytes, task: int, segments: Any, release: Callable[[int], Any]
    ) -> None:
        self.status = status
        self.reference = reference
        self.task = task
        self.segments = segments
        self.release = release

    def open(self) -> memoryview:
        """The payload, mapped; the file may then go."""
        view: memoryview = self.segments.map(self.reference)
        return view

    def __del__(self) -> None:
        self.release(self.task)


class Future(cf.Future):  # type: ignore[type-arg]
    """The result, now or later, of one task."""

    __slots__ = ("_a", "_i", "_s", "_v")
    _a: TaskClass
    _i: int
    _s: int
    _v: Any

    __init__ = object.__init__

    def result(self, timeout: float | None = None) -> Any:
        """The task's value, waited for; raises what the task raised."""
        if not self._s:
            self._a.session.wait(self, timeout)
        if self._s == ENCODED:
            payload = self._v
            if not payload:
                value = None
            elif payload[0] == 0x80 or payload[0] == 0x01:
                return self._settle()
            else:
                value = marshal_loads(payload)
            self._v = value
            self._s = VALUE
            return value
        return self._settle()

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """What the task raised, waited for; None when it ended well."""
        if not self._s:
            self._a.session.wait(self, timeout)
        if self._s == CANCELLED:
            raise cf.CancelledError()
        self._decode()
        return self._v if self._s == ERROR else None

    def done(self) -> bool:
        """Whether the task has ended; looks at what has arrived."""
        if not self._s:
            self._a.session.poll()
        return self._s != PENDING

    def cancelled(self) -> bool:
        """Whether the task was cancelled before it ran."""
        return self._s == CANCELLED

    def running(self) -> bool:
        """False: the client does not know which of its tasks run."""
        return False

    def cancel(self) -> bool:
        """Asks the engine not to run the task; True only if it will not run."""
        return self._a.session.cancel(self)

    def kill(self) -> bool:
        """Like `cancel`, and ends a running task by its process group."""
        return self._a.session.cancel(self, kill=True)

    def add_done_callback(self, fn: Callable[[Any], Any]) -> None:
        """Calls `fn(future)` when the task has ended, in the session's reader thread."""
        if not self._s or self.__dict__.get("_open"):
            with self._condition:
                observers = self.__dict__
                if observers["_open"]:
                    observers["_done_callbacks"].append(fn)
                    return
        _call(fn, self)

    def set_running_or_notify_cancel(self) -> bool:
        raise cf.InvalidStateError("the engine runs this task; only it can change its state")

    def set_result(self, result: Any) -> None:
        raise cf.InvalidStateError("the engine ends this task; see Session.promise for your own")

    def set_exception(self, exception: BaseException | None) -> None:
        raise cf.InvalidStateError("the engine ends this task; see Session.promise for your own")

    def __await__(self) -> Generator[Any, None, Any]:
        import asyncio

        return asyncio.wrap_future(self).__await__()

    def __repr__(self) -> str:
        name = self._a.name
        return f"<{type(self).__name__} of {name}, task {self._i or '-'}, {_NAMES[self._s]}>"

    def __reduce__(self) -> Any:
        raise TypeError(
            f"{self!r} cannot be pickled: pass it as an argument, in a list or in inputs=[...]"
        )

    def _settle(self) -> Any:
        if self._s == CANCELLED:
            raise cf.CancelledError()
        self._decode()
        if self._s == VALUE:
            return self._v
        error = self._v
        try:
            raise error
        finally:
            del error
            self = None  # type: ignore[assignment]

    def _decode(self) -> None:
        """Turns the payload into a value or an exception, once."""
        state = self._s
        payload = self._v
        if state in _SETTLED:
            return
        try:
            if state == LARGE:
                status = payload.status
                view = payload.open()
                value = exception_of(status, view) if status else decode(view)
            else:
                status = state - 1
                value = exception_of(status, payload) if status else decode(payload)
        except Exception as problem:
            status = 1
            value = DeserializationError(
                f"the result of {self._a.name} (task {self._i}) cannot be read here: "
                f"{type(problem).__name__}: {problem}"
            )
            value.__cause__ = problem
        if self._s == state:
            self._v = value
            self._s = ERROR if status else VALUE
            if state == LARGE:
                del payload
                self._a.session.outbox.nudge()

    # what the functions of concurrent.futures and asyncio use

    @property
    def _state(self) -> str:  # type: ignore[override]
        if not self._s or self.__dict__.get("_open"):
            return "PENDING"
        return "CANCELLED_AND_NOTIFIED" if self._s == CANCELLED else "FINISHED"

    @property
    def _condition(self) -> threading.Condition:  # type: ignore[override]
        observers = self.__dict__
        condition = observers.get("_lock")
        if condition is None:
            with _making:
                condition = observers.get("_lock")
                if condition is None:
                    condition = threading.Condition()
                    observers["_waiters"] = []
                    observers["_done_callbacks"] = []
                    observers["_open"] = not self._s
                    observers["_lock"] = condition
            if observers["_open"]:
                self._a.session.watch(self)
        return condition

    def _tell(self) -> None:
        """Ends the future for those that watch it; the session calls it once `_s` is set."""
        observers = self.__dict__
        with observers["_lock"]:
            if not observers["_open"]:
                return
            observers["_open"] = False
            callbacks = observers["_done_callbacks"]
            observers["_done_callbacks"] = []
            for waiter in observers["_waiters"]:
                if self._s == CANCELLED:
                    waiter.add_cancelled(self)
                elif self._s == ENCODED or self._s == VALUE:
                    waiter.add_result(self)
                else:
                    self._decode()
                    (waiter.add_exception if self._s == ERROR else waiter.add_result)(self)
            observers["_lock"].notify_all()
        for callback in callbacks:
            _call(callback, self)


def _call(callback: Callable[[Any], Any], future: Future) -> None:
    try:
        callback(future)
    except Exception:
        logging.getLogger("fonio").exception("a callback of %r raised", future)


_NAMES = (
    "pending",
    "done",
    "failed",
    "cancelled",
    "dependency failed",
    "failed",
    "done",
    "failed",
    "done",
)
