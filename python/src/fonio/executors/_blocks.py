"""What executors of blocks have in common: how they are made, and what the engine is told."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from typing import Any, NamedTuple

from fonio._checks import a_folder, old_parameters
from fonio._chosen import chosen
from fonio._parameters import Parameters
from fonio.errors import ConfigurationError
from fonio.executors._base import EngineExecutor
from fonio.executors._block_rules import RULES
from fonio.providers import LocalProvider, Provider

POLL_PERIOD_MS = 10
"""Parsl's default of a parameter that has no effect here."""
_OUTSIDE = {
    "cpu_affinity": "none",
    "max_tasks_per_child": None,
    "preload": (),
    "credit_us": 1000,
    "kills": 3,
}
_OLD = {
    "worker_ports": "all managers use one port: give worker_port",
    "managed": "blocks are always managed",
    "suppress_failure": "failures of blocks are always reported: see block_error_handler",
}
_OURS = ("label", "poll_period", "remote_monitoring_radio")


class BlockSettings(NamedTuple):
    """One executor of blocks, as the engine is told of it."""

    label: str
    kind: str
    kills: int
    entries: Mapping[str, object]

    def keys(self, number: int) -> dict[str, object]:
        """The entries of this executor."""
        entries = {"label": self.label, "kind": self.kind, "workers": 0, **self.entries}
        return {f"executor.{number}.{key}": value for key, value in entries.items()}


class BlockExecutor(Parameters, EngineExecutor):
    """The base of executors whose workers run in blocks that a provider gives."""

    rules = RULES
    blocks = True
    label: str
    provider: Provider
    heartbeat_period: float
    heartbeat_threshold: float
    poll_period: float
    interchange_launch_cmd: tuple[str, ...] | None
    preload: tuple[str, ...]
    env: Mapping[str, str]
    kills: int

    def _open(self, given: Mapping[str, Any], old: dict[str, Any]) -> None:
        """Keeps the parameters: `given` may be `locals()`, `old` are those of earlier Parsls."""
        me = type(self).__name__
        values = dict(given)
        if "max_workers" in old and "max_workers_per_node" in values:
            warnings.warn(f"{me}: max_workers is now max_workers_per_node", stacklevel=3)
            values["max_workers_per_node"] = old.pop("max_workers")
        old_parameters(me, old, _OLD, values)
        for name, default in _OUTSIDE.items():
            if name in values:
                values[name] = chosen(name, values[name], default)
        if values["provider"] is None:
            values["provider"] = LocalProvider()
        if values["env"] is None:
            values["env"] = {}
        if values["python"] is None:
            shared = getattr(values["provider"], "shares_folders", True)
            values["python"] = sys.executable if shared else "python3"
        self.storage_access = values["storage_access"]
        self.working_dir = a_folder(me, "working_dir", values["working_dir"])
        self._take(values)
        self._check_together(me)

    def _check_together(self, me: str) -> None:
        if self.heartbeat_threshold <= self.heartbeat_period:
            raise ConfigurationError(
                f"{me}: heartbeat_threshold is {self.heartbeat_threshold}: it must be above "
                f"heartbeat_period, which is {self.heartbeat_period}"
            )
        if self.poll_period != POLL_PERIOD_MS:
            warnings.warn(f"{me}: poll_period has no effect: managers do not poll", stacklevel=4)
        if self.interchange_launch_cmd is not None:
            warnings.warn(
                f"{me}: interchange_launch_cmd has no effect: the interchange is inside the engine",
                stacklevel=4,
            )

    def keys(self) -> dict[str, object]:
        """The entries of `engine.properties`, without the label."""
        entries = super().keys()
        for name in _OURS:
            entries.pop(name, None)
        for name in ("worker_port_range", "interchange_port_range"):
            entries[name] = "-".join([str(port) for port in getattr(self, name)])
        entries["preload"] = ",".join(self.preload)
        entries.pop("env")
        entries.update({f"env.{name}": value for name, value in self.env.items()})
        return entries

    def settings(self) -> BlockSettings:
        """What the engine is told; it is about to start."""
        self.provider.prepare()
        return BlockSettings(self.label, self.word, self.kills, self.keys())

    def __repr__(self) -> str:
        return f"{type(self).__name__}(label={self.label!r}, provider={self.provider!r})"
