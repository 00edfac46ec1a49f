"""The errors that are a `concurrent.futures.BrokenExecutor`: a process was lost."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import BrokenExecutor
from typing import Any

from fonio.errors import FonioError


class EngineLostError(FonioError, BrokenExecutor):
    """The engine process is gone, and with it every task that was not done."""


class InitializerFailed(FonioError, BrokenExecutor):
    """The initializer of the workers raised; no task can run."""


class ExecutorBroken(FonioError, BrokenExecutor):
    """An executor whose workers cannot start; none of its tasks can run."""


class WorkerLost(FonioError, BrokenExecutor):
    """The worker process that ran the task ended: by a signal, or by an exit code."""

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message, dict(fields or {}))
        self.message = message
        self.fields = dict(fields or {})

    def __str__(self) -> str:
        stderr = self.stderr
        return f"{self.message}\nlast lines of its stderr:\n{stderr}" if stderr else self.message

    @property
    def signal(self) -> int | None:
        """The signal that ended the worker."""
        return _number(self.fields, "signal")

    @property
    def exit_code(self) -> int | None:
        """The worker's exit code."""
        return _number(self.fields, "exit_code")

    @property
    def worker(self) -> int | None:
        """The worker's index."""
        return _number(self.fields, "worker")

    @property
    def stderr(self) -> str:
        """The last lines that the worker wrote to stderr."""
        return self.fields.get("stderr", "")


class ManagerLost(WorkerLost):
    """The manager that had the task is gone: killed, or silent for too long."""

    @property
    def manager(self) -> str:
        """The manager's name."""
        return self.fields.get("manager", "")

    @property
    def host(self) -> str:
        """The machine that it ran on."""
        return self.fields.get("host", "")


class TaskPoisoned(WorkerLost):
    """A task that ended its worker each time that it was run."""


def _number(fields: Mapping[str, Any], key: str) -> int | None:
    try:
        return int(fields[key])
    except (KeyError, ValueError):
        return None
