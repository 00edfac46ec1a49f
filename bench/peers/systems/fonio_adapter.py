"""Fonio with its executors, by the same calls that a user writes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import fonio
from fonio.executors import HighThroughputExecutor
from fonio.providers import LocalProvider

from .system import Call, Function, System


_PATIENCE_S = 60.0
_MANAGER = re.compile(r"host \S+, pid (\d+), block")


class Fonio(System):
    """`fonio.load` with a `DirectExecutor`."""

    name = "fonio"
    noops_per_second = 800_000.0
    has_dependencies = True

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._engine = fonio.load(self.config())

    def config(self) -> fonio.Config:
        """What is loaded."""
        return fonio.Config(executors=[self.executor()])

    def executor(self) -> Any:
        """Where the tasks run."""
        return fonio.DirectExecutor(workers=self.workers)

    def app(self, function: Function) -> Call:
        return fonio.python_app(function)

    def one(self, handle: Any, timeout_seconds: float | None = None) -> Any:
        return handle.result(timeout_seconds)

    def all(self, handles: Sequence[Any]) -> list[Any]:
        return [handle.result() for handle in handles]

    def map(self, function: Function, values: Iterable[Any]) -> list[Any]:
        return list(fonio.map(function, values))

    def stream(self, function: Function, values: Iterable[Any]) -> Iterator[Any]:
        return iter(fonio.map(function, values))

    def close(self) -> None:
        self._engine.cleanup()
        fonio.clear()


class FonioDurable(Fonio):
    """The same with a journal: every task and every result is on disk before the client has it."""

    name = "fonio-durable"

    def config(self) -> fonio.Config:
        return fonio.Config(executors=[self.executor()], durable=True)


class FonioHtex(Fonio):
    """A `HighThroughputExecutor` with as many managers as workers, each of one worker."""

    name = "fonio-htex"
    encrypted = False

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        deadline = time.monotonic() + _PATIENCE_S
        while len(self.managers()) < workers:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{workers} managers did not come: {self.lines()}")
            time.sleep(0.002)

    def executor(self) -> Any:
        blocks = {f"{word}_blocks": self.workers for word in ("init", "min", "max")}
        return HighThroughputExecutor(
            max_workers_per_node=1, encrypted=self.encrypted, provider=LocalProvider(**blocks)
        )

    def lines(self) -> dict[str, str]:
        """What the engine says of its blocks and managers."""
        return dict(self._engine.session.query("workers"))

    def invitation(self) -> str:
        """The words of the command `manager` that start one by hand."""
        status = self._engine.session.query("status")
        return next(words for key, words in status.items() if key.endswith("invitation"))

    def managers(self) -> dict[str, int]:
        """The process of each manager, by its name."""
        found = {name: _MANAGER.match(line) for name, line in self.lines().items()}
        return {name: int(match[1]) for name, match in found.items() if match}


class FonioTls(FonioHtex):
    """The same with encrypted links."""

    name = "fonio-tls"
    encrypted = True
