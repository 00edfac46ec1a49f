"""Checks of what users give: an error names the parameter, the value and what is wanted."""

from __future__ import annotations

import difflib
import os
import warnings
from collections.abc import Callable, Iterable
from typing import Any

from fonio.errors import ConfigurationError


def of_type(owner: str, name: str, value: Any, kinds: Any, what: str) -> Any:
    """The value, which must be of one of the types; a bool is no number."""
    accepted = kinds if isinstance(kinds, tuple) else (kinds,)
    if isinstance(value, accepted) and (not isinstance(value, bool) or bool in accepted):
        return value
    raise TypeError(f"{owner}: {name} must be {what}, not {value!r} (a {type(value).__name__})")


def a_folder(owner: str, name: str, value: Any) -> str | None:
    """The path, if there is one."""
    path = value if value is None else of_type(owner, name, value, (str, os.PathLike), "a path")
    return None if path is None else os.fspath(path)


def a_callable(owner: str, name: str, value: Any) -> Callable[..., Any]:
    """The value, which must be callable."""
    if callable(value):
        return value  # type: ignore[no-any-return]
    raise TypeError(f"{owner}: {name} must be callable, not {value!r} (a {type(value).__name__})")


def at_least(owner: str, name: str, value: Any, least: int) -> int:
    """The value, an int that is not smaller than `least`."""
    number: int = of_type(owner, name, value, int, "an int")
    if number < least:
        raise ConfigurationError(f"{owner}: {name} is {number}: it must be at least {least}")
    return number


def one_of(owner: str, name: str, value: Any, words: tuple[str, ...]) -> str:
    """The value, which must be one of the words."""
    if value in words:
        return str(value)
    raise ConfigurationError(f"{owner}: {name} is {value!r}: use one of {', '.join(words)}")


def no_parameter(owner: str, name: str, value: Any, names: Iterable[str]) -> TypeError:
    """What to raise for a parameter that is none of the names, one of which may be meant."""
    near = difflib.get_close_matches(name, [*names], 1)
    what = f"do you mean {near[0]!r}?" if near else f"help({owner}) tells of those it has"
    return TypeError(f"{owner} has no parameter {name!r} (value {value!r}): {what}")


def old_parameters(
    owner: str, given: dict[str, Any], known: dict[str, str], names: Iterable[str]
) -> None:
    """Warns of Parsl's parameters that have no effect here; refuses those that are no names."""
    for name in given:
        if name not in known:
            raise no_parameter(owner, name, given[name], names)
        warnings.warn(f"{owner}: {name} has no effect: {known[name]}", stacklevel=4)
