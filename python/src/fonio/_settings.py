"""What a session's engine is told: values, and their text in `engine.properties`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol


class LaneSettings(Protocol):
    """One executor of the engine, of any kind; keys as in `docs/protocol.md` 7."""

    @property
    def label(self) -> str:
        """Its name."""

    @property
    def kills(self) -> int:
        """How often a task may end its worker before it fails for good."""

    def keys(self, number: int) -> dict[str, object]:
        """The entries of this executor."""


class ExecutorSettings(NamedTuple):
    """One direct executor of the engine."""

    label: str = "direct"
    workers: int = 2
    cpu_affinity: str = "none"
    max_tasks_per_child: int | None = None
    env: Mapping[str, str] = MappingProxyType({})
    preload: Sequence[str] = ()
    placement: str = "least_loaded"
    queue: str = "worker"
    credit_us: int = 1000
    kills: int = 3

    def keys(self, number: int) -> dict[str, object]:
        """The entries of this executor."""
        prefix = f"executor.{number}."
        entries: dict[str, object] = {
            "label": self.label,
            "kind": "direct",
            "workers": self.workers,
            "cpu_affinity": self.cpu_affinity,
            "placement": self.placement,
            "queue": self.queue,
            "credit_us": self.credit_us,
            "kills": self.kills,
        }
        if self.max_tasks_per_child is not None:
            entries["max_tasks_per_child"] = self.max_tasks_per_child
        if self.preload:
            entries["preload"] = ",".join(self.preload)
        for name, value in self.env.items():
            entries[f"env.{name}"] = value
        return {prefix + key: value for key, value in entries.items()}


class Settings(NamedTuple):
    """One session's engine, as the Python surface asks for it."""

    executors: Sequence[LaneSettings] = (ExecutorSettings(),)
    home: Path = Path(".fonio")
    ring: bool = True
    ring_capacity: int = 1 << 20
    hold_results_us: int = 500
    checkpoint: str = "none"
    checkpoint_period_ms: int = 30_000
    memoize: bool = True
    initializer: Callable[[], Any] | None = None
    output: Callable[[int, bool, str], None] | None = None
    java_options: Sequence[str] = ()
    start_timeout_s: float = 30.0
    scaling: Mapping[str, object] = MappingProxyType({})
    durable: bool = False
    keep: bool = False
    journal_patience_s: float = 60.0
    manager_patience_s: float = 5.0

    def keys(self) -> dict[str, object]:
        """The entries of `engine.properties` that do not depend on the run."""
        entries: dict[str, object] = {
            "state": self.home.absolute() / "state.db",
            "client_pid": os.getpid(),
            "ring": int(self.ring),
            "ring_capacity": self.ring_capacity,
            "hold_results_us": self.hold_results_us,
            "checkpoint": self.checkpoint,
            "checkpoint_period_ms": self.checkpoint_period_ms,
            "memoize": int(self.memoize),
            "initializer": int(self.initializer is not None),
            "python": sys.executable,
            "worker_flags": "-S",
            "worker_script": Path(__file__).absolute().with_name("_worker.py"),
            "cwd": os.getcwd(),
            "umask": current_umask(),
            **self.scaling,
        }
        if self.durable:
            entries.update({"durable": 1, "keep": int(self.keep), "epoch": 0})
            entries["manager_patience"] = self.manager_patience_s
            entries.update({f"java.{n}": option for n, option in enumerate(self.java_options)})
        for number, entry in enumerate(search_path()):
            entries[f"path.{number}"] = entry
        for number, executor in enumerate(self.executors):
            entries.update(executor.keys(number))
        return entries


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def search_path() -> list[str]:
    """The folders that workers look for modules in: the client's, the empty one made plain."""
    return list(dict.fromkeys([os.path.abspath(entry) for entry in sys.path]))


def current_umask() -> int:
    """The umask, read without changing it where the system tells."""
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("Umask:"):
                    return int(line.split()[1], 8)
    except OSError:
        pass
    value = os.umask(0o077)
    os.umask(value)
    return value


def properties(entries: Mapping[str, object]) -> str:
    """Java properties: `key=value` lines with what Java would read otherwise escaped."""
    return "".join([f"{_key(key)}={_value(str(value))}\n" for key, value in entries.items()])


def read_properties(text: str) -> dict[str, str]:
    """The entries of what `properties` wrote."""
    entries = {}
    for line in text.split("\n"):
        key, found, value = _cut(line)
        if found:
            entries[key] = value
    return entries


def _cut(line: str) -> tuple[str, bool, str]:
    """Key and value of one line, both unescaped."""
    parts = [""]
    found = False
    at = 0
    while at < len(line):
        c = line[at]
        if c == "\\" and at + 1 < len(line):
            at += 1
            parts[-1] += {"n": "\n", "r": "\r"}.get(line[at], line[at])
        elif c == "=" and not found:
            found = True
            parts.append("")
        else:
            parts[-1] += c
        at += 1
    return parts[0], found, parts[-1]


def _key(text: str) -> str:
    return "".join([f"\\{c}" if c in "\\=: #!" else c for c in text])


def _value(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"\\{escaped}" if escaped.startswith((" ", "\t")) else escaped
