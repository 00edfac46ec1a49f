"""The ledger of a durable run: the frames that the engine may not have on disk yet.

Frames that change the run are counted over its whole life, by both sides; the engine says up to
which one all is on disk, and a new engine is sent those behind again (`docs/protocol.md` 3.4).
"""

from __future__ import annotations

from collections import deque

from fonio._wire import (
    CLASS,
    ELEMENTS,
    FUNCTION,
    HEADER,
    HEADER_BYTES,
    RESULTS,
    SHARE,
    SUBMIT,
    UNSHARE,
)

_COUNTED = frozenset((FUNCTION, CLASS, SHARE, UNSHARE, SUBMIT, RESULTS, ELEMENTS))
_MASK = 0xFFFF_FFFF
_HALF = 1 << 31


class Ledger:
    """One thread adds frames (the flush lock), one takes them out (the drain lock)."""

    def __init__(self, frames: int = 0) -> None:
        self._number = frames & _MASK
        self._frames: deque[tuple[int, bytes]] = deque()

    def sent(self, data: bytes) -> None:
        """Notes whole frames that are about to be sent."""
        at = 0
        end = len(data)
        while at < end:
            length, kind, *_ = HEADER.unpack_from(data, at)
            until = at + HEADER_BYTES + length
            if kind in _COUNTED:
                self._number = (self._number + 1) & _MASK
                self._frames.append((self._number, data[at:until]))
            at = until

    def durable(self, frames: int) -> None:
        """The engine has so many frames on disk."""
        waiting = self._frames
        while waiting and (frames - waiting[0][0]) & _MASK < _HALF:
            waiting.popleft()

    def unsaved(self) -> list[bytes]:
        """The frames that an engine which is started now has not."""
        return [data for _, data in list(self._frames)]

    def __len__(self) -> int:
        return len(self._frames)
