"""Puts the values of parents where a call names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def place(
    args: Sequence[Any], kwargs: dict[str, Any], places: Sequence[Any], values: Sequence[Any]
) -> tuple[Sequence[Any], dict[str, Any]]:
    """The arguments with each parent's value at its place.

    A place is a position, a keyword, or a path of (position or keyword, keys or indices ...).
    """
    if not places:
        return [*args, *values], kwargs
    args = list(args)
    for where, value in zip(places, values):
        if type(where) is int:
            args[where] = value
        elif type(where) is str:
            kwargs[where] = value
        else:
            head, *path = where
            holder: Any = kwargs if type(head) is str else args
            _put(holder, head, path, value)
    return args, kwargs


def _put(holder: Any, key: Any, path: Sequence[Any], value: Any) -> None:
    if not path:
        holder[key] = value
        return
    inner = holder[key]
    if isinstance(inner, tuple):
        inner = holder[key] = list(inner)
    _put(inner, path[0], path[1:], value)
