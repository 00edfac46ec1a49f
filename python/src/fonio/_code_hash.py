"""A hash of a function's code and of what it refers to, the same in every process.

Followed are nested code, defaults, closures, and the globals that the code names: functions and
classes of the user's own modules by their code, values by `id_for_memo`. What is installed
(standard library, site-packages) is known by its name.
"""

from __future__ import annotations

import hashlib
import sys
import types
from collections.abc import Iterator
from typing import Any

_INSTALLED = ("site-packages", "dist-packages")


def code_hash(function: Any) -> bytes:
    """The hash, 32 bytes."""
    digest = hashlib.sha256()
    for part in _parts(function, set()):
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.digest()


def _parts(value: Any, seen: set[int]) -> Iterator[bytes]:
    value = getattr(value, "__wrapped__", value)
    if id(value) in seen:
        return
    if isinstance(value, types.FunctionType):
        seen.add(id(value))
        yield f"{value.__module__}.{value.__qualname__}".encode()
        if not _installed(value.__module__):
            yield from _function(value, seen)
    elif isinstance(value, type):
        seen.add(id(value))
        yield f"{value.__module__}.{value.__qualname__}".encode()
        if not _installed(value.__module__):
            for name in sorted(vars(value)):
                member = vars(value)[name]
                inner = getattr(member, "__func__", getattr(member, "fget", member))
                if isinstance(inner, types.FunctionType):
                    yield name.encode()
                    yield from _parts(inner, seen)
    elif isinstance(value, types.ModuleType):
        yield value.__name__.encode()
    elif hasattr(value, "func") and hasattr(value, "keywords"):
        yield from _parts(value.func, seen)
        yield _value((value.args, value.keywords))
    elif isinstance(value, types.MethodType):
        yield from _parts(value.__func__, seen)
        yield _value(value.__self__)
    else:
        yield _value(value)


def _function(function: types.FunctionType, seen: set[int]) -> Iterator[bytes]:
    yield from _code(function.__code__)
    yield _value(function.__defaults__)
    yield _value(function.__kwdefaults__)
    for cell in function.__closure__ or ():
        try:
            content = cell.cell_contents
        except ValueError:
            continue
        yield from _parts(content, seen)
    for name in sorted(_names(function.__code__)):
        if name in function.__globals__:
            yield name.encode()
            yield from _parts(function.__globals__[name], seen)


def _code(code: types.CodeType) -> Iterator[bytes]:
    yield code.co_code
    yield repr((code.co_names, code.co_varnames, code.co_freevars, code.co_argcount)).encode()
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _code(constant)
        elif isinstance(constant, frozenset):
            yield repr(sorted(map(repr, constant))).encode()
        else:
            yield f"{type(constant).__name__} {constant!r}".encode()


def _names(code: types.CodeType) -> set[str]:
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _names(constant)
    return names


def _value(value: Any) -> bytes:
    from fonio._codec import by_value
    from fonio._memo_types import id_for_memo

    try:
        return id_for_memo(value)
    except ValueError:
        pass
    try:
        payload = by_value(value)
        return payload if isinstance(payload, bytes) else payload.join()
    except Exception:
        return f"{type(value).__module__}.{type(value).__qualname__}".encode()


def _installed(module: str) -> bool:
    if module == "__main__":
        return False
    if module.partition(".")[0] in sys.stdlib_module_names:
        return True
    file = getattr(sys.modules.get(module), "__file__", None) or ""
    return any([part in file for part in _INSTALLED])
