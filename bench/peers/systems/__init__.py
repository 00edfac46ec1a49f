"""One adapter for each measured system, and the table of them."""

from __future__ import annotations

from importlib import import_module

from .system import System

_ADAPTERS = {
    "fonio": ("fonio", "Fonio"),
    "fonio-durable": ("fonio", "FonioDurable"),
    "fonio-htex": ("fonio", "FonioHtex"),
    "fonio-tls": ("fonio", "FonioTls"),
    "processpool": ("standard", "ProcessPool"),
    "pool": ("standard", "Pool"),
    "parsl": ("parsl", "Parsl"),
    "parsl-fast": ("parsl", "ParslFast"),
    "dask": ("dask", "Dask"),
    "ray": ("ray", "Ray"),
    "ray-actors": ("ray", "RayActors"),
    "ray-compiled": ("ray", "RayCompiled"),
}

STANDARD = ("processpool", "pool")
STAR = ("fonio-htex", "fonio-tls")
"""Fonio's executor for clusters: as many managers as workers, over TCP on this machine."""
DURABLE = ("fonio-durable",)
"""Fonio with a journal, by the direct executor."""
OWN = ("fonio", *DURABLE, *STAR)
CHAINS_ONLY = ("ray-compiled",)
PEERS = ("parsl", "parsl-fast", "dask", "ray", "ray-actors", *CHAINS_ONLY)
NAMES = tuple(_ADAPTERS)


def open_system(name: str, workers: int) -> System:
    """The named system, started with this many workers."""
    if name not in _ADAPTERS:
        raise ValueError(f"no system named {name!r}; there are {', '.join(_ADAPTERS)}")
    module, kind = _ADAPTERS[name]
    adapter: type[System] = getattr(import_module(f"{__name__}.{module}_adapter"), kind)
    return adapter(workers)
