"""The resource specification of a call, as Parsl's users write it."""

from __future__ import annotations

from typing import Any

from fonio.errors import InvalidResourceSpecification

_LEAST, _MOST = -(1 << 31), (1 << 31) - 1


def priority_of(app: str, resources: Any, otherwise: int) -> int:
    """The priority that the specification names (lower runs first), else the app's own.

    No other key has a meaning on the executors of this machine, so it is refused.
    """
    if not resources:
        return otherwise
    if not isinstance(resources, dict):
        raise InvalidResourceSpecification(
            f"app {app}: parsl_resource_specification is {resources!r}: "
            "give a dict, for example {'priority': 1}"
        )
    unknown = [key for key in resources if key != "priority"]
    if unknown:
        raise InvalidResourceSpecification(
            f"app {app}: parsl_resource_specification has the key {unknown[0]!r} (value "
            f"{resources[unknown[0]]!r}): this executor knows 'priority' only, leave it out"
        )
    priority = resources["priority"]
    if type(priority) is not int or not _LEAST <= priority <= _MOST:
        raise InvalidResourceSpecification(
            f"app {app}: parsl_resource_specification has priority={priority!r}: "
            "give a whole number of 32 bits; lower runs first"
        )
    return priority
