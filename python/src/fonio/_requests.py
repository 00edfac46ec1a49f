"""Requests that the engine answers, and the question that it asks: cancel, query, retry."""

from __future__ import annotations

import concurrent.futures as cf
from itertools import count
from typing import TYPE_CHECKING

from fonio._drain import payload_of
from fonio._failures import exception_of
from fonio._future import CANCELLED, Future
from fonio._wire import CANCEL, FAILED, KILL, QUERY, RETRY, frame, parse_lines

if TYPE_CHECKING:
    from fonio._session import Session

_CANCEL_S = 1.0
_KILL_S = 10.0
_REVIVAL_S = 30.0
"""How much longer an answer may take when the engine may have to be started again."""
_numbers = count(1)


class Reply:
    """An answer that is waited for; it ends when it comes, or when `future` has ended."""

    __slots__ = ("_s", "body", "frame", "future")

    def __init__(self, future: Future | None, question: bytes = b"") -> None:
        self._s = 0
        self.body = b""
        self.frame = question
        self.future = future


def cancel(session: Session, future: Future, kill: bool) -> bool:
    """Asks the engine to cancel or kill; True only if the task ended in that."""
    if future._s:
        return future._s == CANCELLED
    session.outbox.flush()
    if future._s or not future._i:
        return future._s == CANCELLED
    question = frame(KILL if kill else CANCEL, first=future._i)
    reply = Reply(future, question)
    key = ("verdict", future._i)
    session.replies[key] = reply
    try:
        session.outbox.send(question)
        within = _KILL_S if kill else _CANCEL_S
        session.wait(reply, within if session.revival is None else within + _REVIVAL_S)
    except cf.TimeoutError:
        pass
    finally:
        session.replies.pop(key, None)
    if kill and not future._s:
        return False
    return future._s == CANCELLED


def query(session: Session, question: str, timeout: float) -> dict[str, str]:
    """The answer's entries."""
    number = next(_numbers)
    words = frame(QUERY, first=number, body=question.encode())
    reply = Reply(None, words)
    session.replies[("answer", number)] = reply
    try:
        session.outbox.send(words)
        session.wait(reply, timeout)
    finally:
        session.replies.pop(("answer", number), None)
    if session.failure is not None and not reply.body:
        raise lost(session)
    return parse_lines(reply.body)


def lost(session: Session) -> BaseException:
    """What a caller is told whom an engine that is gone cannot answer."""
    return exception_of(FAILED, f"{session.failure_name}\n{session.failure}".encode())


def verdict(
    session: Session, flags: int, class_id: int, number: int, task: int, body: bytes
) -> None:
    """VERDICT: the task could not be stopped."""
    reply = session.replies.get(("verdict", task))
    if reply is not None:
        reply._s = 1


def answer(
    session: Session, flags: int, class_id: int, number: int, question: int, body: bytes
) -> None:
    """ANSWER: the entries that a query asked for."""
    reply = session.replies.get(("answer", question))
    if reply is not None:
        reply.body = body
        reply._s = 1


def ask(session: Session, flags: int, class_id: int, number: int, task: int, body: bytes) -> None:
    """ASK: the client's retry handler decides, on a thread of its own."""
    future = session.inbox.pending.get(task)
    if future is None:
        session.background(session.outbox.send, frame(RETRY, count=0, first=task))
        return
    status, payload, large = payload_of(flags, body)

    def decide() -> None:
        again = False
        try:
            content = session.segments.map(payload) if large else payload
            handler = future._a.retry
            again = bool(handler and handler(exception_of(status, content), future))
        finally:
            session.outbox.send(frame(RETRY, count=int(again), first=task))

    session.background(decide)
