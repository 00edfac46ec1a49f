"""Shared objects: read-only values that travel once to each worker.

A handle pickles as a call of `fetch`, so a task gets the object itself wherever the handle stood in
its arguments. The worker keeps the payload that `receive` was given and unpickles it at first use.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from fonio._codec import Parts, decode, encode
from fonio._wire import INLINE_BYTES, LENGTHS, SEGMENT_BIT, SHARE, UNSHARE, frame, words
from fonio.errors import DeserializationError

if TYPE_CHECKING:
    from fonio._session import Session

_numbers = count(1)
_payloads: dict[int, Any] = {}
_objects: dict[int, Any] = {}


class Shared:
    """A handle of a shared object; pass it to apps as an argument."""

    __slots__ = ("_number", "_session", "_value")

    def __init__(self, session: Session, number: int, value: Any) -> None:
        self._session = session
        self._number = number
        self._value = value

    @property
    def value(self) -> Any:
        """The object, in this process."""
        return self._value

    def release(self) -> None:
        """Says that no task that is still to run uses it; the workers forget it."""
        if _objects.pop(self._number, None) is not None and not self._session.closed:
            self._session.outbox.send(frame(UNSHARE, first=self._number))

    def __enter__(self) -> Shared:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def __reduce__(self) -> Any:
        return fetch, (self._number,)

    def __repr__(self) -> str:
        return f"<shared {type(self._value).__name__}, object {self._number}>"


def share(session: Session, value: Any) -> Shared:
    """Sends the object to the engine and returns its handle."""
    number = next(_numbers)
    payload = encode(value)
    size = len(payload)
    if size > INLINE_BYTES:
        data, size = session.segments.store(payload), 16 | SEGMENT_BIT
    else:
        data = payload.join() if isinstance(payload, Parts) else payload
    handle = Shared(session, number, value)
    _objects[number] = handle.value if value is not None else _NOTHING
    session.outbox.send(frame(SHARE, LENGTHS, 0, 1, number, words([size]) + data))
    return handle


def fetch(number: int) -> Any:
    """The object of this number, in whatever process this is."""
    try:
        value = _objects[number]
    except KeyError:
        try:
            payload = _payloads.pop(number)
        except KeyError:
            raise DeserializationError(
                f"shared object {number} is not here: it was released before this task ran"
            ) from None
        value = decode(payload)
        _objects[number] = _NOTHING if value is None else value
    return None if value is _NOTHING else value


def receive(number: int, payload: Any) -> None:
    """In a worker: keeps the payload until its first use."""
    _payloads[number] = payload


def forget(number: int) -> None:
    """In a worker: drops the object."""
    _payloads.pop(number, None)
    _objects.pop(number, None)


_NOTHING = object()
