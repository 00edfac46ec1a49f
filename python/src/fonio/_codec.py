"""The Python codec: values and arguments as payloads, and back.

The first byte tells: 0x80 a pickle, 0x01 a pickle with out-of-band buffers, any other marshal.
marshal is three times faster but exact only for exact scalar types (an array silently becomes
bytes), so it is used behind one type test: `only_scalars(map(type, values))`.
"""

from __future__ import annotations

from _pickle import PickleBuffer, dumps, loads
from collections.abc import Callable, Sequence
from marshal import dumps as marshal_dumps
from marshal import loads as marshal_loads
from struct import Struct
from typing import Any, Union

from fonio.errors import SerializationError

MARSHAL_VERSION = 2
SCALARS = frozenset((int, float, str, bytes, bool, type(None)))
only_scalars: Callable[[Any], bool] = SCALARS.issuperset

_PICKLE = 0x80
_BUFFERS = 0x01
_ALIGNMENT = 64
_PREFIX = Struct("<BBHI")
_MAX_BUFFERS = 0xFFFF
_MAX_PICKLE_BYTES = 0xFFFF_FFFF


class Parts:
    """A payload in pieces, so that large buffers are copied once: to where they travel."""

    __slots__ = ("chunks", "size")

    def __init__(self, chunks: list[Any]) -> None:
        self.chunks = chunks
        self.size = sum([len(c) for c in chunks])

    def __len__(self) -> int:
        return self.size

    def join(self) -> bytes:
        """The payload in one piece."""
        return b"".join(self.chunks)


Payload = Union[bytes, Parts]  # noqa: UP007 - evaluated at run time under 3.10


def encode(value: Any) -> Payload:
    """The payload of a value."""
    kind = type(value)
    if value is None:
        return b""
    if kind in SCALARS or (kind is tuple and only_scalars(map(type, value))):
        return marshal_dumps(value, MARSHAL_VERSION)
    return pickled(value)


def decode(payload: Any) -> Any:
    """The value of a payload; arrays in it are writable, and views of it where it is mapped."""
    if not payload:
        return None
    first = payload[0]
    if first == _PICKLE:
        return loads(payload)
    if first == _BUFFERS:
        return _load_with_buffers(payload)
    return marshal_loads(payload)


def encode_arguments(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Payload:
    """The payload of a call without parents."""
    if only_scalars(map(type, args)):
        if not kwargs:
            return marshal_dumps(args, MARSHAL_VERSION) if args else b""
        if only_scalars(map(type, kwargs.values())):
            return marshal_dumps([args, kwargs], MARSHAL_VERSION)
    return pickled((args, kwargs))


def encode_places(args: Sequence[Any], kwargs: dict[str, Any], places: Sequence[Any]) -> Payload:
    """The payload of a call with parents; `places` says where each parent's value goes."""
    if not kwargs and len(places) == len(args) and list(places) == list(range(len(args))):
        return b""
    args = tuple(args)
    if only_scalars(map(type, args)) and only_scalars(map(type, kwargs.values())):
        return marshal_dumps([args, kwargs, list(places)], MARSHAL_VERSION)
    return pickled((args, kwargs, list(places)))


def decode_arguments(payload: Any) -> tuple[Sequence[Any], dict[str, Any], Sequence[Any]]:
    """The (args, kwargs, places) of a call's payload; places is empty without parents."""
    value = decode(payload)
    if value is None:
        return (), {}, ()
    if type(value) is tuple and payload[0] != _PICKLE and payload[0] != _BUFFERS:
        return value, {}, ()
    if len(value) == 3:
        return value[0], value[1], value[2]
    return value[0], value[1], ()


def pickled(value: Any) -> Payload:
    """The value as a pickle of protocol 5; by cloudpickle where the other side needs the code."""
    buffers: list[PickleBuffer] = []
    try:
        data = dumps(value, 5, buffer_callback=buffers.append)
        if b"__main__" not in data:
            return _with_buffers(data, buffers, value) if buffers else data
    except Exception:
        pass
    return by_value(value)


def by_value(value: Any) -> Payload:
    """The value pickled with the code of what the other side cannot import."""
    from fonio._by_value import dumps_by_value

    buffers: list[PickleBuffer] = []
    try:
        data = dumps_by_value(value, buffers.append)
    except Exception as error:
        raise SerializationError(
            f"a {type(value).__name__} cannot be pickled: {type(error).__name__}: {error}"
        ) from error
    return _with_buffers(data, buffers, value) if buffers else data


def _with_buffers(data: bytes, buffers: list[PickleBuffer], value: Any) -> Payload:
    if len(buffers) > _MAX_BUFFERS or len(data) > _MAX_PICKLE_BYTES:
        import cloudpickle

        whole: bytes = cloudpickle.dumps(value, 5)
        return whole
    views = [b.raw() for b in buffers]
    sizes = [v.nbytes for v in views]
    head = _PREFIX.pack(_BUFFERS, 0, len(views), len(data)) + b"".join(
        [n.to_bytes(8, "little") for n in sizes]
    )
    chunks: list[Any] = [head, data]
    at = len(head) + len(data)
    for view, size in zip(views, sizes):
        gap = -at % _ALIGNMENT
        chunks.append(bytes(gap))
        chunks.append(view)
        at += gap + size
    return Parts(chunks)


def _load_with_buffers(payload: Any) -> Any:
    view = memoryview(bytearray(payload) if type(payload) is bytes else payload)
    _, _, count, size = _PREFIX.unpack_from(view)
    at = _PREFIX.size + 8 * count
    lengths = view[_PREFIX.size : at].cast("Q").tolist()
    data = view[at : at + size]
    at += size
    buffers = []
    for length in lengths:
        at += -at % _ALIGNMENT
        buffers.append(view[at : at + length])
        at += length
    return loads(data, buffers=buffers)
