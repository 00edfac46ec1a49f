"""`wait` and `as_completed` in which the calling thread drains the link itself.

For futures of one session they are several times faster than those of `concurrent.futures`, which
have a thread between; any other mixture of futures is handed to those.
"""

from __future__ import annotations

import concurrent.futures as cf
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from fonio._future import CANCELLED, ENCODED, VALUE, Future

if TYPE_CHECKING:
    from fonio._session import Session

_RETURNS = (ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION)
_WELL = frozenset((ENCODED, VALUE, CANCELLED))


class DoneAndNotDone(NamedTuple):
    """What `wait` returns."""

    done: set[Any]
    not_done: set[Any]


class Arrival:
    """Ends when the session has handled more results than when this was made."""

    __slots__ = ("_ended", "_inbox", "_seen")

    def __init__(self, session: Session) -> None:
        self._inbox = session.inbox
        self._seen = session.inbox.seen
        self._ended = 0

    @property
    def _s(self) -> int:
        return self._ended or int(self._inbox.seen != self._seen)

    @_s.setter
    def _s(self, value: int) -> None:
        self._ended = value


def wait(
    fs: Iterable[Any], timeout: float | None = None, return_when: str = ALL_COMPLETED
) -> DoneAndNotDone:
    """The futures that have ended and those that have not: waits as `concurrent.futures.wait` does.

    `timeout` is in seconds; when it is over, what has not ended is in `not_done`. `return_when` is
    one of the constants of `concurrent.futures`. Futures of other libraries may be among them.

    >>> import fonio
    >>> with fonio.load():
    ...     done, not_done = fonio.wait([fonio.python_app(abs)(i) for i in range(10)], timeout=30)
    >>> len(done), len(not_done)
    (10, 0)
    """
    if return_when not in _RETURNS:
        raise ValueError(f"return_when={return_when!r}; it must be one of {', '.join(_RETURNS)}")
    futures = set(fs)
    session = _session(futures)
    if session is None:
        done, not_done = cf.wait(futures, timeout, return_when)
        return DoneAndNotDone(done, not_done)
    end = None if timeout is None else monotonic() + timeout
    pending = [f for f in futures if not f._s]
    try:
        if return_when == ALL_COMPLETED:
            for future in pending:
                session.wait(future, _left(end))
        else:
            arrival = Arrival(session)
            while not _enough(futures, return_when):
                session.wait(arrival, _left(end))
                arrival = Arrival(session)
    except cf.TimeoutError:
        pass
    done = {f for f in futures if f._s}
    return DoneAndNotDone(done, futures - done)


def as_completed(fs: Iterable[Any], timeout: float | None = None) -> Iterator[Any]:
    """An iterator over futures as they end, as `concurrent.futures.as_completed` is.

    `timeout` is in seconds from the first `next()`; then it raises TimeoutError.

    >>> import fonio
    >>> with fonio.load():
    ...     futures = [fonio.python_app(abs)(i) for i in (-1, -2, -3)]
    ...     print(sum(future.result() for future in fonio.as_completed(futures)))
    6
    """
    futures = list(dict.fromkeys(fs))
    session = _session(futures)
    if session is None:
        yield from cf.as_completed(futures, timeout)
        return
    end = None if timeout is None else monotonic() + timeout
    pending = deque(futures)
    while pending:
        arrival = Arrival(session)
        if pending[0]._s:
            yield pending.popleft()
            continue
        ended: list[Future] = []
        still: deque[Future] = deque()
        for future in pending:
            (ended if future._s else still).append(future)
        if ended:
            pending = still
            yield from ended
            continue
        session.wait(arrival, _left(end))


def _session(futures: Iterable[Any]) -> Session | None:
    """The one session that all futures are of."""
    found: Session | None = None
    for future in futures:
        if not isinstance(future, Future):
            return None
        if found is None:
            found = future._a.session
        elif future._a.session is not found:
            return None
    return found


def _enough(futures: Iterable[Future], return_when: str) -> bool:
    pending = False
    for future in futures:
        if not future._s:
            pending = True
        elif return_when == FIRST_COMPLETED:
            return True
        elif future._s not in _WELL:
            future._decode()
            if future._s not in _WELL:
                return True
    return not pending


def _left(end: float | None) -> float | None:
    return None if end is None else max(0.0, end - monotonic())
