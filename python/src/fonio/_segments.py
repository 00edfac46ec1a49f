"""Segments: files for payloads too large for a frame, in shared memory or, where that is full,
in the run's spill folder. They are written by `write`, never through a mapping, so that a full
folder is an error of this one and no SIGBUS.
"""

from __future__ import annotations

import errno
import os
from itertools import count
from mmap import MAP_PRIVATE, PROT_READ, PROT_WRITE, mmap
from typing import Any

from fonio._codec import Parts, Payload
from fonio._wire import REFERENCE
from fonio.errors import DeserializationError, TaskTooLarge

_SPILLED = 1 << 63
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.ENOMEM, errno.EFBIG)
_VECTOR = 512


class Segments:
    """The segments of one process in one run; any thread may use it."""

    def __init__(self, folder: str, spill: str, maker: int) -> None:
        self.folder = folder
        self.spill = spill
        self._numbers = count(maker << 32)

    def store(self, payload: Payload) -> bytes:
        """Makes a segment of the payload and returns the reference that stands for it."""
        number = next(self._numbers)
        size = len(payload)
        try:
            self._write(number, payload)
        except OSError as problem:
            if problem.errno not in _FULL:
                raise
            number |= _SPILLED
            try:
                self._write(number, payload)
            except OSError as second:
                raise TaskTooLarge(
                    f"no room for {size:,} bytes, neither in {self.folder} ({problem.strerror}) nor"
                    f" in {self.spill} ({second.strerror}): free some, or return less per task"
                ) from second
        return REFERENCE.pack(number, size)

    def map(self, reference: Any) -> memoryview:
        """The segment's bytes, mapped privately: writing to them changes no one else's."""
        number, size = REFERENCE.unpack(reference)
        try:
            descriptor = os.open(self.path(number), os.O_RDONLY | os.O_CLOEXEC)
        except OSError as problem:
            raise DeserializationError(
                f"segment {number:016x} of {size:,} bytes is gone: {problem.strerror}"
            ) from problem
        try:
            if not size:
                return memoryview(b"")
            mapping = mmap(descriptor, size, flags=MAP_PRIVATE, prot=PROT_READ | PROT_WRITE)
            return memoryview(mapping)
        finally:
            os.close(descriptor)

    def remove(self, reference: Any) -> None:
        """Removes a segment that was never sent."""
        try:
            os.unlink(self.path(REFERENCE.unpack(reference)[0]))
        except FileNotFoundError:
            pass

    def path(self, number: int) -> str:
        """The file of a segment."""
        return f"{self.spill if number & _SPILLED else self.folder}/{number:016x}"

    def _write(self, number: int, payload: Payload) -> None:
        path = self.path(number)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            _write_all(descriptor, payload.chunks if isinstance(payload, Parts) else [payload])
        except BaseException:
            os.unlink(path)
            raise
        finally:
            os.close(descriptor)


def _write_all(descriptor: int, chunks: list[Any]) -> None:
    for start in range(0, len(chunks), _VECTOR):
        views = [memoryview(c) for c in chunks[start : start + _VECTOR] if len(c)]
        while views:
            done = os.writev(descriptor, views)
            while views and done >= len(views[0]):
                done -= len(views.pop(0))
            if done:
                views[0] = views[0][done:]
