"""What a node of an executor has at most, as far as the executor's parameters say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

_MIB_A_GIB = 1024
_CORES = ("cores_per_node", "cores_per_slot", "max_cpu")
_MEMORY = ("mem_per_node", "mem_per_slot")


class Size(NamedTuple):
    """How much a node has of something, and the parameter that says so."""

    most: int
    text: str
    parameter: str


def sizes_of(executor: Any) -> Mapping[str, Size]:
    """The sizes that are known, by the options of a class; of others only managers can tell."""
    provider = getattr(executor, "provider", None)
    sizes: dict[str, Size] = {}
    for name in _CORES:
        cores = getattr(provider, name, None)
        if cores is not None:
            sizes["cores"] = Size(math.ceil(cores), f"{cores} cores", f"provider's {name}")
    for name in _MEMORY:
        memory = getattr(provider, name, None)
        if memory is not None:
            sizes["memory_mb"] = Size(memory * _MIB_A_GIB, f"{memory} GB", f"provider's {name}")
    names = getattr(executor, "available_accelerators", ())
    if names:
        parameter = "available_accelerators"
        sizes["accelerators"] = Size(len(names), f"{len(names)} accelerators", parameter)
    return sizes
