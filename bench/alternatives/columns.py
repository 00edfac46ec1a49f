"""A frame of columns, or a record with a header for each task: writing and reading 256 tasks."""

from __future__ import annotations

import struct
from array import array

from compare import compare

_FRAME = 256
_HEADER = struct.Struct("<IBBHII")
_RECORD = struct.Struct("<IIHH")
_PAYLOADS = [b"\xa9\x02\xe9\x01\x00\x00\x00\xe9\x02\x00\x00\x00"] * _FRAME


def columns(count: int) -> None:
    for _ in range(count // _FRAME):
        lengths = array("I", map(len, _PAYLOADS)).tobytes()
        blob = b"".join(_PAYLOADS)
        size = len(lengths) + len(blob)
        frame = b"".join((_HEADER.pack(size, 8, 4, 1, _FRAME, 1), lengths, blob))

        _, _, _, _, n, _ = _HEADER.unpack_from(frame)
        at = _HEADER.size + 4 * n
        out = []
        for length in array("I", frame[_HEADER.size : at]):
            out.append(frame[at : at + length])
            at += length


def records(count: int) -> None:
    for _ in range(count // _FRAME):
        parts = []
        for task, payload in enumerate(_PAYLOADS):
            parts.append(_RECORD.pack(len(payload), task, 1, 0))
            parts.append(payload)
        frame = b"".join(parts)

        at, out = 0, []
        while at < len(frame):
            length, _, _, _ = _RECORD.unpack_from(frame, at)
            at += _RECORD.size
            out.append(frame[at : at + length])
            at += length


def main() -> None:
    compare(
        "a frame of 256 tasks", 256_000, {"columns": columns, "a record for each task": records}
    )


if __name__ == "__main__":
    main()
