"""The frame: its header, kinds, flags, statuses and text blobs, as `docs/protocol.md` has them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from struct import Struct

VERSION = 1
HEADER = Struct("<IBBHII")
HEADER_BYTES = 16
MAX_FRAME_BYTES = 256 << 20
MAX_COUNT = 65_536
INLINE_BYTES = 65_536
"""The largest payload that travels in a frame; a larger one travels in a segment."""

HELLO, WELCOME, REFUSED = 1, 2, 3
FUNCTION, CLASS, SUBMIT, TASKS, RESULTS, ACK = 4, 5, 6, 7, 8, 9
CANCEL, KILL, VERDICT, ASK, RETRY, RELEASE = 10, 11, 12, 13, 14, 15
SHARE, QUERY, ANSWER, LOG, CLOSE, FAULT, UNSHARE, ELEMENTS = 16, 17, 18, 19, 20, 21, 22, 23
CAPACITY, BEAT, RECALL, DRAIN, HOLDS, ALLOT, DURABLE = 24, 25, 26, 27, 28, 29, 30

IDS, CLASSES, LENGTHS, DEPENDENCIES = 0x01, 0x02, 0x04, 0x08
ATTEMPTS, STATUS, EXTENSION = 0x10, 0x20, 0x40

OK, ERROR, CANCELLED, DEPENDENCY, FAILED, SKIPPED, LOST = 0, 1, 2, 3, 4, 5, 6
"""Statuses of a result; FAILED is the protocol's FAULT: the engine's own error, as text."""

SEGMENT_BIT = 0x8000_0000
LOCAL_PARENT = 0xFFFF_FFFF
REFERENCE = Struct("<QQ")
"""A payload in a segment: its number and its bytes."""

_MAGIC = b"FONIO\0"


class MalformedFrame(Exception):
    """A frame that breaks the protocol; it ends the link that it came by."""


def frame(
    kind: int, flags: int = 0, class_id: int = 0, count: int = 0, first: int = 0, body: bytes = b""
) -> bytes:
    """One whole frame; `body` holds the columns in the order of their flags, then the blob."""
    return HEADER.pack(len(body), kind, flags, class_id, count, first) + body


def words(values: Iterable[int]) -> bytes:
    """A column of u32."""
    return array("I", values).tobytes()


def halves(values: list[int]) -> bytes:
    """A column of u16, padded to a multiple of 4 bytes."""
    return array("H", values).tobytes() + b"\0\0" * (len(values) & 1)


def octets(values: Iterable[int]) -> bytes:
    """A column of u8, padded to a multiple of 4 bytes."""
    data = bytes(values)
    return data + b"\0" * (-len(data) & 3)


def lines(entries: Mapping[str, object]) -> bytes:
    """Text lines `key=value`; a backslash, newline or return in a value is escaped."""
    return "".join([f"{key}={escape(str(value))}\n" for key, value in entries.items()]).encode()


def parse_lines(data: bytes) -> dict[str, str]:
    """The entries of text lines `key=value`."""
    entries = {}
    for line in data.decode("utf-8", "replace").split("\n"):
        key, found, value = line.partition("=")
        if found and key:
            entries[key] = unescape(value)
        elif line:
            raise MalformedFrame(f"the line {line!r} is not key=value")
    return entries


def escape(text: str) -> str:
    """The text in one line."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def unescape(text: str) -> str:
    """The text that `escape` made one line of."""
    if "\\" not in text:
        return text
    parts = text.split("\\\\")
    return "\\".join([p.replace("\\n", "\n").replace("\\r", "\r") for p in parts])


def greeting(entries: Mapping[str, object]) -> bytes:
    """The blob of HELLO and WELCOME."""
    return _MAGIC + VERSION.to_bytes(2, "little") + lines(entries)


def parse_greeting(blob: bytes) -> tuple[int, dict[str, str]]:
    """The version and the entries of a HELLO or WELCOME."""
    if blob[:6] != _MAGIC:
        raise MalformedFrame(f"the greeting begins with {blob[:6]!r} instead of {_MAGIC!r}")
    return int.from_bytes(blob[6:8], "little"), parse_lines(blob[8:])
