"""A session: one client's link to its engine, with everything that travels over it.

Three parts share the work, and each has its lock: the outbox (flush lock), the waits (drain lock)
and the registry of classes. A thread that holds the flush lock may take the drain lock when it
waits for room, never the other way round; user code is called under neither.
"""

from __future__ import annotations

import concurrent.futures as cf
import os
import threading
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fonio import _promise, _requests
from fonio._app import TaskClass, make_app
from fonio._drain import Inbox
from fonio._elements import Elements
from fonio._flush import Outbox
from fonio._future import ERROR, Future
from fonio._pending import Pending
from fonio._registry import Registry
from fonio._requests import Reply
from fonio._signals import SHIELD
from fonio._wait import Waits
from fonio._wire import ANSWER, ASK, CLOSE, DURABLE, LOG, VERDICT, frame
from fonio._wire import FAILED as FAILED_STATUS
from fonio._wire import FAULT as FAULT_KIND
from fonio.errors import ForkedClientError

if TYPE_CHECKING:
    from fonio._link import Link
    from fonio._revival import Revival
    from fonio._segments import Segments

BACKGROUND_THREADS = 10
_CLOSED = "the session was closed before the task was done"
_LEFT = "the session was left; the run goes on, and fonio.attach takes it up"
_LOST = "EngineLostError"
DROP, FINISH, LEAVE = 0, 1, 2

Output = Callable[[int, bool, str], None]
"""What is done with a worker's output: its index, whether it is stderr, whole lines."""


class Session:
    """One engine's client; any thread may use it."""

    def __init__(self, link: Link, segments: Segments, output: Output | None = None) -> None:
        self.link = link
        self.segments = segments
        self.output = output
        self.failure: str | None = None
        self.closed = False
        self.inherited: list[int] = []
        self.elements = Elements()
        self.kills: dict[str, int] = {}
        self.background_threads = BACKGROUND_THREADS
        self._closing = ""
        self.starting = threading.Lock()
        self.replies: dict[tuple[str, int], Reply] = {}
        self.failure_name = _LOST
        self.why_lost: Callable[[str], tuple[str, str]] = lambda reason: (_LOST, reason)
        self.revival: Revival | None = None
        self._pid = os.getpid()
        self._background: cf.ThreadPoolExecutor | None = None
        self.registry = Registry(self)
        self.inbox = Inbox(self)
        self.outbox = Outbox(self)
        self.waits = Waits(self)
        self.wait = self.waits.wait
        self.poll = self.waits.poll
        self.watch = self.waits.watch
        self.release = self.outbox.releases.append
        self.inbox.handlers.update(
            {
                VERDICT: lambda *a: _requests.verdict(self, *a),
                ANSWER: lambda *a: _requests.answer(self, *a),
                ASK: lambda *a: _requests.ask(self, *a),
                LOG: self._log,
                DURABLE: self._durable,
                FAULT_KIND: self._fault,
            }
        )
        _sessions.add(self)
        SHIELD.install()

    # classes and calls

    def make_class(self, function: Callable[..., Any] | None, **options: Any) -> TaskClass:
        """The interned class of a function and options (`docs/protocol.md` 6); see `Registry`."""
        return self.registry.make(function, **options)

    def app(self, function: Callable[..., Any], **options: Any) -> Callable[..., Any]:
        """The fast call path of a function: each call submits a task and returns its future."""
        return make_app(self.make_class(function, **options))

    def promise(self, name: str = "promise", future_type: type[Future] = Future) -> Future:
        """A future that the client ends by `fulfil`; tasks may depend on it."""
        return _promise.promise(self, name, future_type)

    def fulfil(self, future: Future, value: Any = None, error: BaseException | None = None) -> bool:
        """Ends a promise with a value or an exception; False when it has ended already."""
        return _promise.fulfil(self, future, value, error)

    def adopt(self, foreign: cf.Future[Any]) -> Future:
        """A promise that ends as a future of somebody else ends."""
        return _promise.adopt(self, foreign)

    def cancel(self, future: Future, kill: bool = False) -> bool:
        """Asks that a task does not run (or is killed); True only if it will not end otherwise."""
        return _requests.cancel(self, future, kill)

    def query(self, question: str, timeout: float = 10.0) -> dict[str, str]:
        """The engine's answer to `account`, `workers` or `task N`."""
        return _requests.query(self, question, timeout)

    def wait_for_all(self) -> None:
        """Waits until all tasks that were submitted so far have ended."""
        self.outbox.flush()
        for future in list(self.inbox.pending):
            if not future._s:
                self.wait(future)

    def background(self, work: Callable[..., Any], *args: Any) -> None:
        """Runs client-side work (join bodies, retry handlers) on one of a few threads."""
        with self.starting:
            if self._background is None:
                self._background = cf.ThreadPoolExecutor(self.background_threads, "fonio-client")
        self._background.submit(work, *args)

    # what the parts use

    def write(self, data: bytes) -> None:
        """Writes whole frames; the caller holds the flush lock. Drains while there is no room."""
        if self.revival is not None:
            self.revival.ledger.sent(data)
        self.push(data)

    def push(self, data: bytes) -> None:
        """Writes frames that were noted before, if they are to be noted."""
        link = self.link
        size = len(data)
        done = link.write(data)
        if done == size:
            return
        view = memoryview(data)
        while done is not None and self.failure is None:
            view = view[done:]
            if not view:
                return
            if not done and not self.waits.drain_for_room():
                threading.Event().wait(0.0002)
            done = link.write(view)
        self.gone(link)

    def gone(self, link: Link) -> None:
        """The link has ended: the engine of a durable run is started again, of others all ends."""
        if self._closing or self.revival is None or not self.revival.begin(link):
            self.lost("the engine process ended")

    def lost(self, reason: str) -> None:
        """Ends every pending future, mostly in EngineLostError; the engine is gone or is wrong."""
        if self.failure is None:
            closing = self._closing
            self.failure_name, self.failure = (_LOST, closing) if closing else self.why_lost(reason)
        told = []
        for future in self.inbox.pending.take_all():
            self.lose(future)
            if future in self.inbox.watched:
                told.append(future)
        if told:
            self.waits.tell(told)
        for reply in list(self.replies.values()):
            reply._s = 1
        self.waits.wake_all()

    def lose(self, future: Future, reason: str | None = None) -> None:
        """Ends one future in EngineLostError, or in what the engine ended of."""
        if not future._s:
            text = reason or self.failure or "the engine is gone"
            name = _LOST if reason else self.failure_name
            future._v = f"{name}\n{text}".encode()
            future._s = FAILED_STATUS + 1
            self._tell(future)

    def end_lost(self, future: Any) -> None:
        """Ends what a thread still waits for although the engine is gone."""
        if isinstance(future, Future):
            self.lose(future)
        elif not future._s:
            future._s = 1

    def end_here(self, future: Future, state: int, value: Any) -> None:
        """Ends a future that the engine does not know (any more)."""
        future._v = value
        future._s = state
        self._tell(future)

    def fail_here(self, future: Future, problem: BaseException) -> None:
        """Ends a future in an exception that the engine does not know."""
        self.end_here(future, ERROR, problem)

    def check_replies(self) -> None:
        """Ends the replies whose task has ended in the meantime."""
        for reply in list(self.replies.values()):
            if reply.future is not None and reply.future._s:
                reply._s = 1

    def check_process(self) -> None:
        """Refuses a forked child."""
        if self._pid != os.getpid():
            raise ForkedClientError(
                f"this process was forked from {self._pid}, whose Fonio engine it cannot use: "
                "load a new one here (fonio.clear(), then fonio.load())"
            )

    @property
    def forked(self) -> bool:
        """Whether this process is a forked child of the one that opened the session."""
        return self._pid != os.getpid()

    def close(self, finish: bool = False, timeout: float | None = None) -> None:
        """Ends the session; the engine drops what is not done, unless it is to finish it."""
        self._end(FINISH if finish else DROP, timeout)

    def leave(self, timeout: float | None = None) -> None:
        """Ends the session; the engine of a run that is kept goes on without it."""
        self._end(LEAVE, timeout)

    def _end(self, how: int, timeout: float | None) -> None:
        if self.closed or self.forked:
            self.closed = True
            return
        if self.revival is not None:
            self.revival.settle(timeout)
        self._closing = _LEFT if how == LEAVE else _CLOSED
        if self.failure is None:
            self.outbox.send(frame(CLOSE, first=how))
            self._until_gone(timeout)
        self.closed = True
        self.lost(self._closing)
        self.outbox.stop()
        self.waits.wake_all()
        self.link.close()
        if self._background is not None:
            self._background.shutdown(wait=False, cancel_futures=True)
        SHIELD.restore()
        _sessions.discard(self)

    def _until_gone(self, timeout: float | None) -> None:
        gone = Reply(None)
        self.replies[("close", 0)] = gone
        try:
            self.wait(gone, timeout)
        except cf.TimeoutError:
            pass
        finally:
            self.replies.pop(("close", 0), None)

    def _tell(self, future: Future) -> None:
        if future in self.inbox.watched:
            self.waits.tell([future])

    def _log(self, flags: int, stream: int, count: int, worker: int, body: bytes) -> None:
        if self.output is not None:
            self.output(worker, stream == 2, body.decode("utf-8", "replace"))

    def _durable(self, flags: int, class_id: int, count: int, frames: int, body: bytes) -> None:
        if self.revival is not None:
            self.revival.ledger.durable(frames)
            self.revival.hold.told(body.decode("utf-8", "replace"))

    def _fault(self, flags: int, class_id: int, count: int, first: int, body: bytes) -> None:
        self.lost(body.decode("utf-8", "replace").strip())

    def _forget_parent(self) -> None:
        """In a forked child: drops what belongs to the parent, so that its use is refused."""
        self.closed = True
        self.failure = "this process is a forked child"
        self.link.close()
        for descriptor in self.inherited:
            os.close(descriptor)
        self.inbox.pending = Pending()
        self.outbox.reset()
        self.waits.reset()


_sessions: weakref.WeakSet[Session] = weakref.WeakSet()


def _in_child() -> None:
    SHIELD.forked()
    for session in list(_sessions):
        session._forget_parent()
    _sessions.clear()


os.register_at_fork(after_in_child=_in_child)
