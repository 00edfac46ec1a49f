"""Waiting: the thread that waits drains the link.

One thread at a time holds the drain lock. Others that wait are *followers*: each sleeps on a lock
of its own, which the holder releases when the follower's future has ended, or to hand over when the
holder leaves. A follower that has registered looks at the drain lock once more before it sleeps;
the holder releases the drain lock before it looks for a follower; so no hand-over is lost.

Futures that others observe (`watch`) are ended by the reader thread, which is started by the first
of them and drains while there is any; callbacks run in it, never under a lock of the session.

Who waits for one of a few tasks keeps awake for about 150 us: to be woken costs more than a short
task's whole round trip. Behind many tasks it sleeps soon, as the workers need the core.
"""

from __future__ import annotations

import concurrent.futures as cf
import threading
from collections import deque
from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from fonio._future import Future
from fonio._link import EAGER_YIELDS, MAX_WAIT_MS, YIELDS
from fonio._signals import SHIELD

if TYPE_CHECKING:
    from fonio._session import Session

_FOLLOWER_S = 1.0
_READER_MS = 20
_FEW = 8


class Waited(Protocol):
    """Something that ends: `_s` is 0 until then."""

    _s: int


class Waits:
    """The threads that wait for one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._drain_lock = threading.Lock()
        self._followers: dict[threading.Lock, Waited] = {}
        self._told: deque[Future] = deque()
        self._reader: threading.Thread | None = None
        self._wake = threading.Event()

    def wait(self, future: Waited, timeout: float | None = None) -> None:
        """Returns when the future has ended; TimeoutError after `timeout` seconds."""
        session = self._session
        outbox = session.outbox
        if outbox.buffer or outbox.extra:
            outbox.flush()
        session.check_process()
        end = None if timeout is None else monotonic() + timeout
        lock = self._drain_lock
        while not future._s:
            if session.failure is not None:
                session.end_lost(future)
                return
            SHIELD.enter()
            held = lock.acquire(False)
            try:
                SHIELD.leave()
                if held:
                    self._hold(future, end)
            finally:
                if held:
                    lock.release()
                    self._hand_over()
            if not held:
                self._follow(future, end)

    def poll(self) -> None:
        """Handles what has arrived, if no other thread does."""
        self._session.check_process()
        SHIELD.enter()
        try:
            if self._drain_lock.acquire(False):
                try:
                    if not self._session.inbox.drain() and not self._session.link.alive():
                        self._session.inbox.drain()
                finally:
                    self._drain_lock.release()
                    self._hand_over()
        finally:
            SHIELD.leave()

    def drain_for_room(self) -> bool:
        """Drains, or waits for room, on behalf of a writer; False when another thread drains."""
        if not self._drain_lock.acquire(False):
            return False
        try:
            if not self._session.inbox.drain():
                self._session.link.wait(5, True)
        finally:
            self._drain_lock.release()
            self._hand_over()
        return True

    def watch(self, future: Future) -> None:
        """From now on the reader thread ends this future for those that observe it."""
        session = self._session
        session.check_process()
        session.inbox.watched.add(future)
        if future._s:
            self.tell([future])
        else:
            self._start_reader()
        if session.outbox.buffer:
            session.outbox.flush()

    def tell(self, futures: Iterable[Future]) -> None:
        """Hands futures that have ended to the reader thread."""
        watched = self._session.inbox.watched
        for future in futures:
            if future in watched:
                watched.discard(future)
                self._told.append(future)
        self._start_reader()

    def wake_followers(self) -> None:
        """Wakes the followers whose futures have ended."""
        if self._followers:
            for lock, future in list(self._followers.items()):
                if future._s:
                    self._release(lock)

    def reset(self) -> None:
        """In a forked child: no thread waits."""
        self._drain_lock = threading.Lock()
        self._followers.clear()
        self._told.clear()

    def wake_all(self) -> None:
        """Wakes everybody, as the session has ended."""
        for lock in list(self._followers):
            self._release(lock)
        self._wake.set()

    def _hold(self, future: Waited, end: float | None) -> None:
        drain = self._session.inbox.drain
        outstanding = self._session.inbox.pending
        session = self._session
        timeout_ms = MAX_WAIT_MS
        while not future._s and session.failure is None:
            if drain():
                continue
            if end is not None:
                left = end - monotonic()
                if left <= 0:
                    raise cf.TimeoutError()
                timeout_ms = max(1, min(MAX_WAIT_MS, int(left * 1000)))
            yields = EAGER_YIELDS if len(outstanding) <= _FEW else YIELDS
            session.link.wait(timeout_ms, yields=yields)

    def _follow(self, future: Waited, end: float | None) -> None:
        mine = threading.Lock()
        mine.acquire()
        self._followers[mine] = future
        try:
            if future._s or self._session.failure is not None:
                return
            if not self._drain_lock.locked():
                return
            left = _FOLLOWER_S if end is None else min(_FOLLOWER_S, end - monotonic())
            if left <= 0:
                raise cf.TimeoutError()
            mine.acquire(timeout=left)
        finally:
            if self._followers.pop(mine, None) is None and not self._drain_lock.locked():
                self._hand_over()

    def _hand_over(self) -> None:
        if self._followers:
            for lock in list(self._followers):
                if self._release(lock):
                    return

    def _release(self, lock: threading.Lock) -> bool:
        if self._followers.pop(lock, None) is None:
            return False
        try:
            lock.release()
        except RuntimeError:
            return False
        return True

    def _start_reader(self) -> None:
        if self._reader is None:
            with self._session.starting:
                if self._reader is None:
                    self._reader = threading.Thread(
                        target=self._read, name="fonio-reader", daemon=True
                    )
                    self._reader.start()
        self._wake.set()

    def _read(self) -> None:
        session = self._session
        inbox = session.inbox
        told = self._told
        while True:
            while told:
                told.popleft()._tell()
            if session.closed:
                return
            if not inbox.watched or session.failure is not None:
                self._wake.clear()
                if not told and (not inbox.watched or session.failure is not None):
                    if session.closed:
                        return
                    self._wake.wait()
                continue
            if self._drain_lock.acquire(timeout=_READER_MS / 1000):
                try:
                    if not inbox.drain():
                        session.link.wait(_READER_MS)
                        inbox.drain()
                finally:
                    self._drain_lock.release()
                    self._hand_over()
