"""Monitoring of Parsl, which this version does not have."""

from __future__ import annotations

from fonio._unsupported import Unsupported


class MonitoringHub(Unsupported):
    """The database of tasks and resources."""

    instead = "engine.account() and python -m fonio.run show what a run does"
