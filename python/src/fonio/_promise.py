"""Promises: tasks that the client ends itself (join apps, futures of others, client-side work).

The client's future ends at once, with the value as it is. The engine gets the value's payload for
the tasks that depend on it, and its answer is dropped: `_ANSWERED` stands among the pending for it.
"""

from __future__ import annotations

import concurrent.futures as cf
from time import sleep
from typing import TYPE_CHECKING, Any

from fonio._arguments import Bundle, stored
from fonio._codec import encode
from fonio._failures import encode_error
from fonio._future import CANCELLED, ERROR, PENDING, VALUE, Future
from fonio._wire import CANCELLED as CANCELLED_STATUS
from fonio._wire import ERROR as ERROR_STATUS
from fonio._wire import IDS, LENGTHS, OK, RESULTS, SEGMENT_BIT, STATUS, frame, octets, words
from fonio.errors import InternalConsistencyError

if TYPE_CHECKING:
    from fonio._session import Session

_HELD_S = 0.01


def promise(session: Session, name: str, future_type: type[Future]) -> Future:
    """A pending future that only the client ends."""
    future: Future = future_type()
    future._a = session.make_class(None, name=name)
    future._s = PENDING
    future._i = 0
    future._v = b""
    session.outbox.buffer.append(future)
    if len(session.outbox.buffer) >= session.outbox.limit:
        session.outbox.flush()
    return future


def fulfil(session: Session, future: Future, value: Any, error: BaseException | None) -> bool:
    """Ends the promise here and in the engine; False when it has ended already."""
    if future._a.function is not None:
        raise InternalConsistencyError(f"{future!r} is no promise: the engine ends it")
    if isinstance(error, cf.CancelledError):
        status, payload, state, result = CANCELLED_STATUS, b"", CANCELLED, None
    elif error is not None:
        status, payload, state, result = ERROR_STATUS, encode_error(error), ERROR, error
    else:
        status, payload, state, result = OK, b"", VALUE, value
    packed: Any = payload
    if state == VALUE:
        try:
            packed = encode(value)
        except Exception as problem:  # the client has it, tasks cannot
            status, packed = ERROR_STATUS, encode_error(problem)
    if not future._i and not future._s:
        session.outbox.flush()
    while not future._i and not future._s and session.outbox.is_held():
        sleep(_HELD_S)  # the promise waits with all that is new
        session.outbox.flush()
    with session.starting:
        if future._s:
            return False
        number = future._i
        session.inbox.pending.replace(number, _ANSWERED)
        future._v = result
        future._s = state
    session.end_here(future, state, result)
    session.waits.wake_followers()
    packed = stored(session, packed)
    data = packed.payload if isinstance(packed, Bundle) else packed
    large = SEGMENT_BIT if isinstance(packed, Bundle) else 0
    body = words([number]) + words([len(data) | large]) + octets([status]) + data
    session.outbox.send(frame(RESULTS, IDS | LENGTHS | STATUS, future._a.id, 1, 0, body))
    return True


def adopt(session: Session, foreign: cf.Future[Any]) -> Future:
    """A promise that ends as the foreign future ends; at once if it has."""
    future = promise(session, "future", Future)

    def follow(done: cf.Future[Any]) -> None:
        if done.cancelled():
            fulfil(session, future, None, cf.CancelledError())
        else:
            problem = done.exception()
            fulfil(session, future, None if problem else done.result(), problem)

    foreign.add_done_callback(follow)
    return future


_ANSWERED = Future()
"""Takes the engine's answer for a promise that has ended here."""
_ANSWERED._s = VALUE
_ANSWERED._v = None
_ANSWERED._i = 0
