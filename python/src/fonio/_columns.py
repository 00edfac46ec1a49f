"""Columns: the arguments and the results of one chunk of a map, in one payload.

Arguments are u8 kind, 7 zero bytes, data; results are u8 kind, 3 zero bytes, u32 microseconds,
data. Kind `q` is int64 values, `m` a marshalled list, `p` a pickled one, and `e` (results only) a
pickled list of pairs (ok, value or (exception, traceback text)).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence, Set
from itertools import chain
from marshal import dumps as marshal_dumps
from marshal import loads as marshal_loads
from typing import Any

from fonio._codec import MARSHAL_VERSION, SCALARS, Parts, Payload, decode, only_scalars, pickled
from fonio.errors import ProtocolError

HEAD_BYTES = 8
INTEGERS, MARSHALLED, PICKLED, EACH = b"qmpe"
_TUPLE = frozenset((tuple,))
_INT = frozenset((int,))


def encode_column(values: Sequence[Any], elapsed_us: int = 0) -> Payload:
    """The payload of a column of values; a range is known to hold ints."""
    kinds: Set[type] = _INT if type(values) is range else set(map(type, values))
    tail = b"\0\0\0" + elapsed_us.to_bytes(4, "little")
    if kinds == _INT:
        try:
            return b"q" + tail + array("q", values).tobytes()
        except OverflowError:
            pass
    values = list(values)
    if kinds <= SCALARS or (
        kinds <= _TUPLE and only_scalars(map(type, chain.from_iterable(values)))
    ):
        return b"m" + tail + marshal_dumps(values, MARSHAL_VERSION)
    return _behind(b"p" + tail, pickled(values))


def encode_each(pairs: list[tuple[bool, Any]], elapsed_us: int = 0) -> Payload:
    """The payload of results some of which are errors."""
    return _behind(b"e\0\0\0" + elapsed_us.to_bytes(4, "little"), pickled(pairs))


def decode_column(payload: Any) -> list[Any]:
    """The values of a column; for kind `e` its pairs."""
    kind = payload[0]
    data = payload[HEAD_BYTES:]
    if kind == INTEGERS:
        integers = array("q")
        integers.frombytes(data)
        return integers.tolist()
    if kind == MARSHALLED:
        values: list[Any] = marshal_loads(data)
        return values
    if kind in (PICKLED, EACH):
        values = decode(data)
        return values
    raise ProtocolError(f"a column of kind {kind:#04x}; known are q, m, p and e")


def elapsed_us(payload: Any) -> int:
    """The microseconds that a column of results took."""
    return int.from_bytes(payload[4:8], "little")


def _behind(head: bytes, payload: Payload) -> Payload:
    if isinstance(payload, Parts):
        return Parts([head, *payload.chunks])
    return head + payload
