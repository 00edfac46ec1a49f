"""Monitoring of Parsl, which this version does not have."""

from __future__ import annotations

from fonio._unsupported import Unsupported


class MonitoringHub(Unsupported):
    """The database of tasks and resources: in Parsl; here its use is an UnsupportedFeatureError."""

    instead = "engine.account() and ./fonio status show what a run does"
