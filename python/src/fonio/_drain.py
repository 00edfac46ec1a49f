"""The inbox: from frames on the link to ended futures.

Only the holder of the session's drain lock calls `drain`. A whole frame is handled in a few C
calls: slices of the blob, two slots a future. Values are not decoded here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from fonio._future import LARGE, Future, Large
from fonio._pending import Pending
from fonio._signals import SHIELD
from fonio._wire import (
    HEADER,
    HEADER_BYTES,
    IDS,
    LENGTHS,
    MAX_FRAME_BYTES,
    RESULTS,
    SEGMENT_BIT,
    STATUS,
    MalformedFrame,
)

if TYPE_CHECKING:
    from fonio._session import Session

Handler = Callable[[int, int, int, int, bytes], None]
"""What is done with a frame that holds no results: flags, class, count, first, body."""


class _Known:
    """Takes the result of a task that has ended here: a new engine tells it again."""

    __slots__ = ("_s", "_v")


class Inbox:
    """What the engine has sent, and the futures that wait for it."""

    def __init__(self, session: Session) -> None:
        self.pending = Pending()
        self.seen = 0
        self.watched: set[Future] = set()
        self.handlers: dict[int, Handler] = {}
        self._session = session
        self._rest = bytearray()
        self._need = 0

    def drain(self) -> bool:
        """Handles what has arrived; False when there was nothing."""
        SHIELD.enter()
        try:
            return self._take()
        except Exception as problem:
            self._session.lost(f"the engine broke the protocol: {problem!r}")
            return True
        finally:
            SHIELD.leave()

    def begin_anew(self) -> None:
        """Another engine talks: what the last one had half said is void."""
        self._rest = bytearray()
        self._need = 0

    def _take(self) -> bool:
        session = self._session
        link = session.link
        data = link.fill()
        if not data:
            if data is None:
                session.gone(link)
            return False
        if self._need:
            self._rest += data
            if len(self._rest) < self._need:
                return True
            data = bytes(self._rest)
            self._rest = bytearray()
            self._need = 0
        self._frames(data)
        return True

    def _frames(self, data: bytes) -> None:
        at = 0
        end = len(data)
        header = HEADER.unpack_from
        while end - at >= HEADER_BYTES:
            length, kind, flags, class_id, count, first = header(data, at)
            start = at + HEADER_BYTES
            if end - start < length:
                if length > MAX_FRAME_BYTES:
                    raise MalformedFrame(f"a frame of kind {kind} claims {length:,} bytes")
                break
            if kind == RESULTS:
                self._results(data, start, length, flags, count, first)
            else:
                handler = self.handlers.get(kind)
                if handler is None:
                    raise MalformedFrame(f"a client gets no frame of kind {kind}")
                handler(flags, class_id, count, first, data[start : start + length])
            at = start + length
        if at < end:
            self._rest = bytearray(data[at:])
            whole = HEADER_BYTES
            if end - at >= HEADER_BYTES:
                whole += int.from_bytes(self._rest[:4], "little")
            self._need = whole
        session = self._session
        if session.replies:
            session.check_replies()
        session.waits.wake_followers()
        if not self.pending:
            session.outbox.limit = 1

    def _results(
        self, data: bytes, start: int, length: int, flags: int, count: int, first: int
    ) -> None:
        view = memoryview(data)
        ids: Sequence[int]
        if flags & IDS:
            blob = start + 4 * count
            ids = view[start:blob].cast("I").tolist()
        else:
            blob = start
            ids = range(first, first + count)
        futures: list[Any] = self.pending.take(ids) if count else []
        if self._session.revival is not None and None in futures:
            futures = [_Known() if future is None else future for future in futures]
        try:
            self._fill(data, blob, ids, futures, flags & ~IDS, count)
        except Exception:
            self._give_up(ids, futures)
            raise
        self.seen += 1  # only now, as it lets the outbox acknowledge them
        self._tell(futures)

    def _tell(self, futures: list[Any]) -> None:
        """Has those told who watch one of these futures."""
        watched = self.watched
        if watched:
            told = [f for f in futures if f in watched]
            if told:
                self._session.waits.tell(told)

    def _give_up(self, ids: Sequence[int], futures: list[Any]) -> None:
        """Ends what was taken from the pending, though the frame cannot be understood."""
        known = [future for future in futures if future is not None]
        for future in known:
            self._session.lose(future, "the engine broke the protocol")
        self._tell(known)
        if len(known) < len(futures):
            number = ids[futures.index(None)]
            raise MalformedFrame(f"a result of task {number}, which is not pending") from None

    def _fill(
        self,
        data: bytes,
        blob: int,
        ids: Sequence[int],
        futures: list[Future],
        columns: int,
        count: int,
    ) -> None:
        """Puts the results of one frame into their futures."""
        if not columns:
            for future in futures:
                future._v = b""
                future._s = 1
        elif columns == LENGTHS:
            lengths = memoryview(data)[blob : blob + 4 * count].cast("I").tolist()
            at = blob + 4 * count
            if max(lengths) < SEGMENT_BIT:
                for future, size in zip(futures, lengths):
                    until = at + size
                    future._v = data[at:until]
                    future._s = 1
                    at = until
            else:
                self._each(data, at, ids, futures, lengths, bytes(count))
        else:
            self._columns(data, blob, ids, futures, columns, count)

    def _columns(
        self,
        data: bytes,
        at: int,
        ids: Sequence[int],
        futures: list[Future],
        flags: int,
        count: int,
    ) -> None:
        if flags & ~(LENGTHS | STATUS):
            raise MalformedFrame(f"results with flags {flags:#04x}")
        view = memoryview(data)
        lengths = [0] * count
        if flags & LENGTHS:
            lengths = view[at : at + 4 * count].cast("I").tolist()
            at += 4 * count
        statuses = bytes(count)
        if flags & STATUS:
            statuses = data[at : at + count]
            at += count + (-count & 3)
        self._each(data, at, ids, futures, lengths, statuses)

    def _each(
        self,
        data: bytes,
        at: int,
        ids: Sequence[int],
        futures: list[Any],
        lengths: list[int],
        statuses: bytes,
    ) -> None:
        session = self._session
        for number, future, size, status in zip(ids, futures, lengths, statuses):
            if size < SEGMENT_BIT:
                until = at + size
                future._v = data[at:until]
                future._s = status + 1
            else:
                until = at + size - SEGMENT_BIT
                if type(future) is _Known:
                    at = until
                    continue
                future._v = Large(status, data[at:until], number, session.segments, session.release)
                future._s = LARGE
            at = until


def payload_of(flags: int, body: bytes) -> tuple[int, Any, bool]:
    """The status, payload and whether it is a segment reference, of a frame of one task."""
    at = 4 if flags & IDS else 0
    size = 0
    if flags & LENGTHS:
        size = int.from_bytes(body[at : at + 4], "little")
        at += 4
    status = 0
    if flags & STATUS:
        status = body[at]
        at += 4
    large = size >= SEGMENT_BIT
    return status, body[at : at + (size & ~SEGMENT_BIT)], large
