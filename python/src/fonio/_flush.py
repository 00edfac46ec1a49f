"""The outbox: from futures in a buffer to frames on the link.

Calls append to `buffer` without a lock. A flush takes them in batches, gives them consecutive ids
and writes columns. The limit at which a call flushes is 1 while nothing is outstanding and doubles
at each flush to 256, so the first task leaves at once; what stays in the buffer is flushed within
about 1 ms by a thread that parks when nothing happens, which makes the limit 1 again.

Acknowledgement: the engine forgets a result that the client has acknowledged (or released), and the
tasks that name it as a parent must have arrived before. So a flush first notes what was seen, then
looks at each parent: one that has not ended is named, and its result is not among what was noted;
one whose large result was not read is named too, as its release was not noted; any other gives its
value instead. What was noted is acknowledged and released after the flush's SUBMITs.
"""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING

from fonio._future import Future
from fonio._mixture import Mixture
from fonio._signals import SHIELD
from fonio._wire import (
    ACK,
    CLASSES,
    HEADER,
    IDS,
    LENGTHS,
    MAX_COUNT,
    RELEASE,
    SUBMIT,
    frame,
    halves,
    words,
)
from fonio.errors import JournalError

if TYPE_CHECKING:
    from fonio._session import Session

MAX_BATCH = 1024
MAX_LIMIT = 256
MAX_BLOB_BYTES = 32 << 20
_IDLE_TICKS = 20
_MOST_UNSAVED = 256


class Outbox:
    """What the client has to send; any thread may flush it."""

    def __init__(self, session: Session) -> None:
        self.buffer: list[Future] = []
        self.limit = 1
        self.next_id = 1
        self.releases: list[int] = []
        self.extra: list[bytes] = []
        self._session = session
        self._lock = threading.Lock()
        self._owner = 0
        self._acknowledged = 0
        self._active = False
        self._wake = threading.Event()
        self._timer: threading.Thread | None = None

    def flush(self) -> None:
        """Sends what is in the buffer."""
        me = threading.get_ident()
        if self._owner == me:
            return  # a finalizer or a signal handler in the midst of a flush: the timer sends it
        SHIELD.enter()
        try:
            with self._lock:
                self._owner = me
                try:
                    self._flush()
                finally:
                    self._owner = 0
        finally:
            SHIELD.leave()

    def send(self, data: bytes) -> None:
        """Sends one frame, after what is in the buffer."""
        self.extra.append(data)
        self.flush()

    def again(self, say: Callable[[], int]) -> int:
        """Runs what tells a new engine what it has not, while nobody else sends."""
        with self._lock:
            self._owner = threading.get_ident()
            try:
                return say()
            finally:
                self._owner = 0

    def begin_anew(self) -> None:
        """A new engine has sent nothing yet that could be acknowledged."""
        self._acknowledged = self._session.inbox.seen

    def nudge(self) -> None:
        """Sees to it that what is pending is sent soon."""
        if not self._active:
            self._start_timer()

    def stop(self) -> None:
        """Ends the flush thread."""
        self._wake.set()

    def reset(self) -> None:
        """In a forked child: nothing to send, and every call flushes, which refuses."""
        self.buffer.clear()
        self.extra.clear()
        self.releases.clear()
        self.limit = 0
        self._lock = threading.Lock()
        self._owner = 0
        self._active = True

    def _flush(self) -> None:
        session = self._session
        if session.failure is not None:
            session.check_process()
            self._refuse()
            return
        buffer = self.buffer
        inbox = session.inbox
        seen = inbox.seen
        released = self.releases[:MAX_COUNT]
        del self.releases[: len(released)]
        parts: list[bytes] = []
        size = 0
        held = self.is_held() and self._hold()
        while buffer and not held:
            batch = buffer[:MAX_BATCH]
            del buffer[: len(batch)]
            size += self._submit(batch, parts)
            if size > MAX_BLOB_BYTES and buffer:
                session.write(b"".join(parts))
                parts.clear()
                size = 0
        if seen != self._acknowledged:
            parts.append(frame(ACK, count=seen - self._acknowledged))
            self._acknowledged = seen
        if released:
            parts.append(frame(RELEASE, flags=IDS, count=len(released), body=words(released)))
        if session.elements.changed:
            parts.append(session.elements.frame())
        if self.extra:
            extra = self.extra[:]
            del self.extra[: len(extra)]
            parts.extend(extra)
        if self.limit < MAX_LIMIT:
            self.limit *= 2
        if parts:
            session.write(b"".join(parts))
        if session.revival is not None and len(session.revival.ledger) > _MOST_UNSAVED:
            session.poll()
        if not self._active:
            self._start_timer()

    def _submit(self, batch: list[Future], parts: list[bytes]) -> int:
        payloads = [f._v for f in batch]
        mixture = None
        try:
            lengths = array("I", map(len, payloads))
        except TypeError:
            mixture = Mixture(self._session)
            batch = [f for f in batch if mixture.add(f)]
            if not batch:
                return 0
        count = len(batch)
        first = self.next_id
        self.next_id = first + count
        for number, future in enumerate(batch, first):
            future._i = number
            future._v = None
        self._session.inbox.pending.add(batch)
        classes = [f._a for f in batch]
        head = classes[0]
        mixed = classes.count(head) != count
        for task_class in set(classes) if mixed else (head,):
            if not task_class.announced:
                parts.append(task_class.announce())
        flags = 0
        columns: list[bytes] = []
        if mixed:
            flags = CLASSES
            columns.append(halves([c.id for c in classes]))
        if mixture is not None:
            flags |= mixture.columns(columns)
        elif any(lengths):
            flags |= LENGTHS
            columns.append(lengths.tobytes())
            columns.extend(payloads)
        body = b"".join(columns)
        parts.append(HEADER.pack(len(body), SUBMIT, flags, head.id, count, first))
        parts.append(body)
        return len(body)

    def is_held(self) -> bool:
        """Whether new tasks wait, as a durable run cannot write them down."""
        revival = self._session.revival
        return revival is not None and revival.hold.waits

    def _hold(self) -> bool:
        """Looks whether new tasks still have to wait; those that did so for too long fail."""
        session = self._session
        session.poll()
        revival = session.revival
        refusal = revival.hold.refusal if revival is not None else ""
        if refusal:
            waiting = self.buffer[:]
            del self.buffer[: len(waiting)]
            for future in waiting:
                session.fail_here(future, JournalError(refusal))
            session.waits.wake_followers()
        return self.is_held()

    def _refuse(self) -> None:
        """Ends what can no longer be sent, as the engine is gone."""
        while self.buffer:
            batch = self.buffer[:]
            del self.buffer[: len(batch)]
            for future in batch:
                self._session.lose(future)
        self.extra.clear()
        self.releases.clear()

    def _start_timer(self) -> None:
        self._active = True
        if self._timer is None:
            self._timer = threading.Thread(
                target=self._tick, name="fonio-flush", daemon=True, args=(self._session,)
            )
            self._timer.start()
        self._wake.set()

    def _tick(self, session: Session) -> None:
        idle = 0
        while not session.closed:
            if idle > _IDLE_TICKS:
                self._wake.clear()
                self.limit = min(self.limit, 1)  # the next call flushes, as nobody else will
                self._active = False
                if self.pending():
                    idle = 0
                    continue
                self._wake.wait()
                idle = 0
            time.sleep(0.001)
            idle += 1
            if self.buffer or (idle == _IDLE_TICKS and self.pending()):
                self.flush()
                idle = 0 if self.pending() else idle

    def pending(self) -> bool:
        """Whether there is something to send, acknowledgements included."""
        session = self._session
        if session.failure is not None:
            return bool(self.buffer)
        owed = session.inbox.seen != self._acknowledged or session.elements.changed
        return bool(self.buffer or self.extra or self.releases or owed)
