"""One measurement a file, and the table of them."""

from __future__ import annotations

from importlib import import_module

from .measurement import Measurement

_MODULES = (
    "noop",
    "pair",
    "bulk",
    "roundtrip",
    "sparse",
    "chain",
    "tree",
    "granularity",
    "start",
    "queued",
    "beside",
    "idle",
    "workers",
    "kill",
    "stream",
    "large",
    "managers",
)


def measurements() -> dict[str, Measurement]:
    """All measurements by name, in the order in which they are run."""
    found = (import_module(f"{__name__}.{module}").MEASUREMENT for module in _MODULES)
    return {measurement.name: measurement for measurement in found}
