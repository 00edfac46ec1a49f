"""The registry of types that a memo key can be made of: an object's identity as bytes."""

from __future__ import annotations

import concurrent.futures as cf
import enum
import hashlib
import pickle
import types
from functools import singledispatch
from pathlib import PurePath
from typing import Any


@singledispatch
def id_for_memo(obj: object, output_ref: bool = False) -> bytes:
    """The bytes that stand for the object in a memo key; equal for equal objects only.

    With `output_ref` a thing that a task makes is known by its name, not by its content.
    """
    by_shape = _by_shape(obj, output_ref)
    if by_shape is None:
        kind = type(obj)
        raise ValueError(
            f"unknown type for memoization: {kind.__module__}.{kind.__qualname__}; register it "
            "with @id_for_memo.register, or name the argument in ignore_for_cache"
        )
    return by_shape


def _by_shape(obj: Any, output_ref: bool) -> bytes | None:
    """Types of libraries that need not be loaded, and dataclasses."""
    kind = type(obj)
    if hasattr(kind, "__dataclass_fields__") and obj is not kind:
        fields = {name: getattr(obj, name) for name in kind.__dataclass_fields__}
        return _named(kind, id_for_memo(fields, output_ref))
    if kind.__module__ == "numpy":
        if kind.__name__ == "ndarray" and not obj.dtype.hasobject:
            head = f"{obj.dtype.descr if obj.dtype.names else obj.dtype.str}{obj.shape}"
            return b"ndarray" + head.encode() + hashlib.sha256(obj.tobytes()).digest()
        if hasattr(obj, "dtype") and not getattr(obj.dtype, "hasobject", True):
            return _named(kind, str(obj.dtype).encode() + obj.tobytes())
        if kind.__name__.startswith("dtype") or "dtype" in kind.__name__.lower():
            return b"dtype" + str(obj).encode()
    return None


def _named(kind: type, content: bytes) -> bytes:
    name = f"{kind.__module__}.{kind.__qualname__}".encode()
    return len(name).to_bytes(4, "little") + name + content


@id_for_memo.register(str)
@id_for_memo.register(int)
@id_for_memo.register(float)
@id_for_memo.register(type(None))
@id_for_memo.register(bool)
@id_for_memo.register(bytes)
@id_for_memo.register(complex)
@id_for_memo.register(range)
def _(obj: Any, output_ref: bool = False) -> bytes:
    if isinstance(obj, enum.Enum):
        return _named(type(obj), obj.name.encode())
    if type(obj) not in _EXACT:
        return _named(type(obj), _exact(obj, output_ref))
    return pickle.dumps(obj, 5)


_EXACT: frozenset[Any] = frozenset((str, int, float, type(None), bool, bytes, complex, range))


def _exact(obj: Any, output_ref: bool) -> bytes:
    """The value of an instance of a subclass, with its own attributes."""
    known = _by_shape(obj, output_ref)
    if known is not None:
        return known
    for kind in _EXACT:
        if isinstance(obj, kind) and kind is not type(None):
            own = getattr(obj, "__dict__", {})
            return pickle.dumps(kind(obj), 5) + id_for_memo(dict(own))
    raise ValueError(f"unknown type for memoization: {type(obj).__qualname__}")


@id_for_memo.register
def _(obj: enum.Enum, output_ref: bool = False) -> bytes:
    return _named(type(obj), obj.name.encode())


@id_for_memo.register
def _(obj: bytearray, output_ref: bool = False) -> bytes:
    return b"bytearray" + bytes(obj)


@id_for_memo.register(list)
@id_for_memo.register(tuple)
def _(obj: Any, output_ref: bool = False) -> bytes:
    return _named(type(obj), pickle.dumps([id_for_memo(item, output_ref) for item in obj], 5))


@id_for_memo.register(set)
@id_for_memo.register(frozenset)
def _(obj: Any, output_ref: bool = False) -> bytes:
    return _named(type(obj), pickle.dumps(sorted([id_for_memo(i, output_ref) for i in obj]), 5))


@id_for_memo.register
def _(obj: dict, output_ref: bool = False) -> bytes:  # type: ignore[type-arg]
    if type(obj) is not dict:
        raise ValueError(
            f"unknown type for memoization: {type(obj).__qualname__}, a subclass of dict; "
            "register it with @id_for_memo.register"
        )
    pairs = sorted([(id_for_memo(k), id_for_memo(v, output_ref)) for k, v in obj.items()])
    return b"dict" + pickle.dumps(pairs, 5)


@id_for_memo.register
def _(obj: PurePath, output_ref: bool = False) -> bytes:
    return b"path" + str(obj).encode()


@id_for_memo.register
def _(obj: types.FunctionType, output_ref: bool = False) -> bytes:
    from fonio._code_hash import code_hash

    return b"function" + f"{obj.__module__}.{obj.__qualname__}".encode() + code_hash(obj)


@id_for_memo.register(types.BuiltinFunctionType)
@id_for_memo.register(type)
def _(obj: Any, output_ref: bool = False) -> bytes:
    return b"name" + f"{obj.__module__}.{obj.__qualname__}".encode()


@id_for_memo.register
def _(obj: cf.Future, output_ref: bool = False) -> bytes:  # type: ignore[type-arg]
    """A place: the result's bytes are added to the key when they are known."""
    return b"future"
