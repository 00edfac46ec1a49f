"""Pickling with the code of what the other side cannot import; apps travel as their names."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any, NoReturn

import cloudpickle

from fonio.errors import NestedUseError

_NAMELESS = "<dynamic-code>"
"""What cloudpickle puts in the place of a file's name; tracebacks need the name."""


class _Pickler(cloudpickle.Pickler):  # type: ignore[misc]
    def reducer_override(self, obj: Any) -> Any:
        if type(obj) is FunctionType and hasattr(obj, "_fonio_app"):
            return AppElsewhere, (obj.__qualname__,)
        if type(obj) is CodeType:
            make, arguments = self.dispatch_table[CodeType](obj)
            return make, tuple([obj.co_filename if a == _NAMELESS else a for a in arguments])
        return super().reducer_override(obj)


def dumps_by_value(value: Any, buffers: Callable[[Any], Any]) -> bytes:
    """The pickle; large buffers go to `buffers`."""
    with io.BytesIO() as file:
        _Pickler(file, 5, buffers).dump(value)
        return file.getvalue()


class AppElsewhere:
    """An app in a process that has no engine: it can be held and not called."""

    def __init__(self, name: str) -> None:
        self.__qualname__ = name

    def __call__(self, *_: Any, **__: Any) -> NoReturn:
        raise NestedUseError(
            f"app {self.__qualname__} was called inside a worker: call it from a join_app, "
            "which runs in the client"
        )
