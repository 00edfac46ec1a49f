"""The resource specification of a call, as Parsl's users write it, and what the engine gets of it.

Each kind of executor knows some keys; they become options of the call's class.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from fonio._node_sizes import sizes_of
from fonio.errors import InvalidResourceSpecification

_LEAST, _MOST = -(1 << 31), (1 << 31) - 1
_MIB_A_GIB = 1024
_PRIORITY = ("priority",)
_KNOWN = {
    "htex": ("priority", "cores", "memory", "accelerators", "gpus"),
    "mpi": ("num_nodes", "ranks_per_node", "num_ranks", "launcher_options"),
}
_MPI_EXAMPLE = "{'num_nodes': 2, 'ranks_per_node': 4}"
Options = tuple[tuple[str, object], ...]
"""Options of a class, in a form that can be a key."""


def priority_of(app: str, resources: Any, otherwise: int, executor: Any = None) -> int:
    """The priority that the specification names (lower runs first), else the app's own.

    It is checked for the executor; without one it may have no other key.
    """
    options_of(app, resources, executor)
    return int(resources.get("priority", otherwise)) if resources else otherwise


def options_of(app: str, resources: Any, executor: Any) -> Options:
    """The options of the class of a call whose specification is this one, on this executor.

    What the executor does not know is refused: it would have no effect.
    """
    kind = getattr(executor, "word", "")
    if not resources:
        if kind == "mpi":
            raise InvalidResourceSpecification(
                f"app {app}: it runs on the MPI executor {executor.label!r} and has no "
                f"parsl_resource_specification: give one, for example {_MPI_EXAMPLE}, "
                "or name other executors in executors=[...]"
            )
        return ()
    if not isinstance(resources, Mapping):
        raise _bad(app, f"is {resources!r}: give a dict, for example {{'priority': 1}}")
    known = _KNOWN.get(kind, _PRIORITY)
    for key, value in resources.items():
        if key not in known:
            raise _bad(
                app,
                f"has the key {key!r} (value {value!r}): {_named(executor)} knows "
                f"{', '.join(map(repr, known))} only, leave it out",
            )
    if "priority" in resources:
        _check_priority(app, resources["priority"])
    if kind == "mpi":
        return _of_mpi(app, resources)
    options = _of_slots(app, resources)
    _check_sizes(app, options, executor)
    return tuple(options.items())


def _check_sizes(app: str, options: Mapping[str, Any], executor: Any) -> None:
    """Refuses what no node can have, by what the executor says of its nodes."""
    sizes = sizes_of(executor) if options else {}
    for name, number in options.items():
        size = sizes.get(name)
        if size is not None and number > size.most:
            asked = f"memory={number / _MIB_A_GIB:g}" if name == "memory_mb" else f"{name}={number}"
            raise _bad(
                app,
                f"asks for {asked}; a node of {_named(executor)} has {size.text} "
                f"({size.parameter}): ask for less, or use an executor whose nodes have more",
            )


def _named(executor: Any) -> str:
    return "this executor" if executor is None else f"the executor {executor.label!r}"


def _check_priority(app: str, priority: Any) -> None:
    if type(priority) is not int or not _LEAST <= priority <= _MOST:
        raise _bad(
            app, f"has priority={priority!r}: give a whole number of 32 bits; lower runs first"
        )


def _of_slots(app: str, resources: Mapping[str, Any]) -> dict[str, Any]:
    """What a call needs of a node; a part of an accelerator is shared, 0 is none."""
    options: dict[str, Any] = {}
    if "cores" in resources:
        options["cores"] = _whole(app, resources, "cores")
    if "memory" in resources:
        options["memory_mb"] = math.ceil(_above_zero(app, resources, "memory") * _MIB_A_GIB)
    names = [name for name in ("accelerators", "gpus") if name in resources]
    if len(names) > 1:
        raise _bad(app, "has both 'accelerators' and 'gpus', which are the same: give one")
    for name in names:
        number = resources[name]
        if type(number) not in (int, float) or not 0 <= number <= _MOST:
            raise _bad(app, f"has {name}={number!r}: give a number from 0 on")
        if number > 1 and number != int(number):
            raise _bad(app, f"has {name}={number!r}: give a part of one, or a whole number")
        options["accelerators"] = int(number) if number == int(number) else number
    return options


def _of_mpi(app: str, resources: Mapping[str, Any]) -> Options:
    """Nodes and ranks, of which one that is missing follows from the others."""
    names = ("num_nodes", "ranks_per_node", "num_ranks")
    nodes, a_node, ranks = [
        _whole(app, resources, name) if resources.get(name) is not None else 0 for name in names
    ]
    if not nodes and a_node and ranks:
        nodes = -(-ranks // a_node)
    if not nodes:
        raise _bad(app, f"has no num_nodes: give it, for example {_MPI_EXAMPLE}")
    a_node = a_node or (max(1, ranks // nodes))
    ranks = ranks or nodes * a_node
    if ranks != nodes * a_node:
        raise _bad(
            app,
            f"has num_ranks={ranks}, which is not num_nodes times ranks_per_node "
            f"({nodes} times {a_node}): leave one of the three out",
        )
    options: dict[str, object] = {"nodes": nodes, "ranks_per_node": a_node, "ranks": ranks}
    words = resources.get("launcher_options")
    if words is not None and (not isinstance(words, str) or "\n" in words or "\0" in words):
        raise _bad(app, f"has launcher_options={words!r}: give a str of one line")
    if words:
        options["launcher_options"] = words
    return tuple(options.items())


def _whole(app: str, resources: Mapping[str, Any], name: str) -> int:
    number = resources[name]
    if type(number) is not int or not 1 <= number <= _MOST:
        raise _bad(app, f"has {name}={number!r}: give a whole number from 1 on")
    return number


def _above_zero(app: str, resources: Mapping[str, Any], name: str) -> float:
    number = resources[name]
    if type(number) not in (int, float) or not 0 < number <= _MOST:
        raise _bad(app, f"has {name}={number!r}: give a number above 0")
    return float(number)


def _bad(app: str, what: str) -> InvalidResourceSpecification:
    return InvalidResourceSpecification(f"app {app}: parsl_resource_specification {what}")
