"""Executors of Parsl that this version does not have."""

from __future__ import annotations

from fonio._unsupported import Unsupported

_HERE = "use DirectExecutor(workers=N), which runs on this machine"


class HighThroughputExecutor(Unsupported):
    """Workers on the nodes of a cluster: in Parsl; here its use is an UnsupportedFeatureError."""

    instead = _HERE


class MPIExecutor(Unsupported):
    """MPI programs on a cluster: in Parsl; here its use is an UnsupportedFeatureError."""

    instead = "start the MPI program in a bash_app on DirectExecutor(workers=N)"


class WorkQueueExecutor(Unsupported):
    """Workers of CCTools' Work Queue: in Parsl; here its use is an UnsupportedFeatureError."""

    instead = _HERE


class TaskVineExecutor(Unsupported):
    """Workers of CCTools' TaskVine."""

    instead = _HERE


class FluxExecutor(Unsupported):
    """Jobs of Flux."""

    instead = _HERE


class GlobusComputeExecutor(Unsupported):
    """Endpoints of Globus Compute."""

    instead = _HERE


class RadicalPilotExecutor(Unsupported):
    """Pilots of RADICAL: in Parsl; here its use is an UnsupportedFeatureError."""

    instead = _HERE
