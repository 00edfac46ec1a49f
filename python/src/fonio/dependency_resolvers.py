"""Where a call's arguments may hold futures: `SHALLOW` (Parsl's default) and `DEEP`.

A resolver is two functions: one gathers the futures in a value, one gives the value with the
futures replaced. Both are `functools.singledispatch`, so that types can be registered.
"""

from __future__ import annotations

import concurrent.futures as cf
from collections.abc import Callable, Sequence
from functools import singledispatch
from typing import Any, NamedTuple


class DependencyResolver(NamedTuple):
    """How futures are found in an argument, and replaced by their values."""

    traverse_to_gather: Callable[[Any], Sequence[Any]]
    traverse_to_unwrap: Callable[[Any], Any]

    def futures_of(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[cf.Future[Any]]:
        """The futures in a call's arguments; lists and tuples at top level are looked into."""
        found: list[cf.Future[Any]] = []
        for value in (*args, *kwargs.values()):
            for item in value if type(value) in (list, tuple) else (value,):
                found.extend(self.traverse_to_gather(item))
        return found

    def values_of(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The arguments with the values in the place of the futures."""

        def value(given: Any) -> Any:
            if type(given) in (list, tuple):
                return type(given)([self.traverse_to_unwrap(item) for item in given])
            return self.traverse_to_unwrap(given)

        return tuple([value(v) for v in args]), {k: value(v) for k, v in kwargs.items()}


@singledispatch
def shallow_traverse_to_gather(value: Any) -> Sequence[Any]:
    """No futures in other values."""
    return []


@shallow_traverse_to_gather.register
def _(value: cf.Future) -> Sequence[Any]:  # type: ignore[type-arg]
    return [value]


@singledispatch
def shallow_traverse_to_unwrap(value: Any) -> Any:
    """Other values are themselves."""
    return value


@shallow_traverse_to_unwrap.register
def _(value: cf.Future) -> Any:  # type: ignore[type-arg]
    return value.result()


@singledispatch
def deep_traverse_to_gather(value: Any) -> Sequence[Any]:
    """No futures in other values."""
    return []


@deep_traverse_to_gather.register
def _(value: cf.Future) -> Sequence[Any]:  # type: ignore[type-arg]
    return [value]


@deep_traverse_to_gather.register(list)
@deep_traverse_to_gather.register(tuple)
@deep_traverse_to_gather.register(set)
@deep_traverse_to_gather.register(frozenset)
def _(values: Any) -> Sequence[Any]:
    return [future for value in values for future in deep_traverse_to_gather(value)]


@deep_traverse_to_gather.register(dict)
def _(values: Any) -> Sequence[Any]:
    return [f for pair in values.items() for part in pair for f in deep_traverse_to_gather(part)]


@singledispatch
def deep_traverse_to_unwrap(value: Any) -> Any:
    """Other values are themselves."""
    return value


@deep_traverse_to_unwrap.register
def _(value: cf.Future) -> Any:  # type: ignore[type-arg]
    return value.result()


@deep_traverse_to_unwrap.register(list)
@deep_traverse_to_unwrap.register(tuple)
@deep_traverse_to_unwrap.register(set)
@deep_traverse_to_unwrap.register(frozenset)
def _(values: Any) -> Any:
    done = [deep_traverse_to_unwrap(value) for value in values]
    if hasattr(values, "_fields"):
        return type(values)(*done)
    return type(values)(done)


@deep_traverse_to_unwrap.register(dict)
def _(values: Any) -> Any:
    return {deep_traverse_to_unwrap(k): deep_traverse_to_unwrap(v) for k, v in values.items()}


SHALLOW_DEPENDENCY_RESOLVER = DependencyResolver(
    shallow_traverse_to_gather, shallow_traverse_to_unwrap
)
"""Futures at top level of the arguments and in lists there, `inputs` included."""

DEEP_DEPENDENCY_RESOLVER = DependencyResolver(deep_traverse_to_gather, deep_traverse_to_unwrap)
"""Futures anywhere in lists, tuples, sets and dicts."""
