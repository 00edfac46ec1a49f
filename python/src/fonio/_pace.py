"""The pace of a map: how large the next chunk is, and whether there is room for it.

A pure core: it is told what was sent, measured and taken, and knows no clock.
"""

from __future__ import annotations

CHUNK_US = 4000.0
MAX_CHUNK = 8184
"""The most elements of a chunk; as int64 it just fits in a frame."""
MAX_CHUNK_BYTES = 1 << 20
MAX_WINDOW_BYTES = 64 << 20
_GROWTH = 8


class Pace:
    """Chunk sizes and window of one map; while sizes grow, little is out."""

    def __init__(self, workers: int, chunk: int | None = None, window: int | None = None) -> None:
        if chunk is not None and chunk < 1:
            raise ValueError(f"chunk={chunk}: a chunk holds at least one element")
        if window is not None and window < 1:
            raise ValueError(f"window={window}: a window holds at least one element")
        self._fixed = None if chunk is None else min(chunk, MAX_CHUNK)
        self._window = window
        self._first = 2 * workers
        self._chunks = 12 + 4 * workers
        self._size = self._fixed or 1
        self._growing = True
        self._argument_bytes = 0.0
        self._result_bytes = 0.0
        self._bytes = 0
        self._elements = 0

    def size(self) -> int:
        """How many elements the next chunk takes."""
        size = self._size
        if self._window is not None:
            size = max(1, min(size, self._window // 4, self._window - self._elements))
        return size

    def room(self, chunks: int) -> bool:
        """Whether one more chunk may go out beside so many."""
        if not chunks:
            return True
        if self._window is not None and self._elements >= self._window:
            return False
        if self._growing:
            return chunks < self._first
        outstanding = self._bytes + self._elements * self._result_bytes
        return chunks < self._chunks and outstanding < MAX_WINDOW_BYTES

    def sent(self, elements: int, size: int) -> None:
        """A chunk was submitted."""
        self._elements += elements
        self._bytes += size
        self._argument_bytes = size / elements

    def measured(self, elements: int, took_us: int, size: int) -> None:
        """A chunk's results have come: adapts the size."""
        self._result_bytes = size / elements
        if self._fixed is not None:
            self._growing = False
            return
        each_us = took_us / elements
        wanted = CHUNK_US / each_us if each_us > 0 else float(MAX_CHUNK)
        largest = max(self._argument_bytes, self._result_bytes, 1.0)
        wanted = min(wanted, MAX_CHUNK_BYTES / largest, MAX_CHUNK)
        self._size = max(1, int(min(wanted, elements * _GROWTH)))
        self._growing = wanted > 2 * self._size

    def left(self, elements: int, size: int) -> None:
        """A chunk was taken out of the window."""
        self._elements -= elements
        self._bytes -= size
