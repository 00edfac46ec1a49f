"""Executors of Parsl that this version does not have."""

from __future__ import annotations

from fonio._unsupported import Unsupported

_BRIDGE = (
    "use BridgeExecutor(label, factory) with a factory of that library's own concurrent.futures "
    "executor, or HighThroughputExecutor(provider=...)"
)
_HERE = "use HighThroughputExecutor(provider=...) for many nodes, DirectExecutor(workers=N) for one"


class WorkQueueExecutor(Unsupported):
    """Workers of CCTools' Work Queue: in Parsl; here its use is an UnsupportedFeatureError."""

    instead = _HERE


class TaskVineExecutor(Unsupported):
    """Workers of CCTools' TaskVine."""

    instead = _HERE


class FluxExecutor(Unsupported):
    """Jobs of Flux."""

    instead = _BRIDGE


class GlobusComputeExecutor(Unsupported):
    """Endpoints of Globus Compute."""

    instead = _BRIDGE


class RadicalPilotExecutor(Unsupported):
    """Pilots of RADICAL: in Parsl; here its use is an UnsupportedFeatureError."""

    instead = _BRIDGE
