"""A batch in which some entries are more than bytes: parents, memo keys, segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fonio._arguments import Bundle, at_engine, settle
from fonio._future import Future
from fonio._wire import DEPENDENCIES, EXTENSION, LENGTHS, SEGMENT_BIT, words

if TYPE_CHECKING:
    from fonio._session import Session

_NO_KEY = bytes(32)


class Mixture:
    """The columns of such a batch, gathered entry by entry."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lengths: list[int] = []
        self._blob: list[bytes] = []
        self._counts: list[int] = []
        self._parents: list[Future] = []
        self._keys: dict[int, bytes] = {}

    def add(self, future: Future) -> bool:
        """Takes an entry; False when it has failed here, as one of its parents did."""
        payload = future._v
        if type(payload) is bytes:
            self._lengths.append(len(payload))
            self._blob.append(payload)
            self._counts.append(0)
            return True
        if isinstance(payload, Future):
            if not payload._s or at_engine(self._session, payload):
                self._lengths.append(0)
                self._counts.append(1)
                self._parents.append(payload)
                return True
            payload = Bundle.of(payload)
        ended = [parent for parent in payload.parents if parent._s]
        if ended and not all([at_engine(self._session, parent) for parent in ended]):
            try:
                settle(self._session, payload)
            except Exception as problem:
                self._session.fail_here(future, problem)
                return False
        if payload.key is not None:
            self._keys[len(self._counts)] = payload.key
        size = len(payload.payload)
        self._lengths.append(size | SEGMENT_BIT if payload.large else size)
        self._blob.append(payload.payload)
        self._counts.append(len(payload.parents))
        self._parents.extend(payload.parents)
        return True

    def columns(self, columns: list[bytes]) -> int:
        """Adds the columns and the blob, once all entries have their ids; returns the flags."""
        flags = 0
        if any(self._lengths):
            flags |= LENGTHS
            columns.append(words(self._lengths))
        if self._parents:
            flags |= DEPENDENCIES
            columns.append(words(self._counts))
            columns.append(words([p._i for p in self._parents]))
        if self._keys:
            flags |= EXTENSION
            keys = [_NO_KEY] * len(self._counts)
            for index, key in self._keys.items():
                keys[index] = key
            columns.append(words([32 * len(keys)]))
            columns.extend(keys)
        columns.extend(self._blob)
        return flags
