"""Executors whose managers were started by hand, and outlive the engine."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from deadlines import PATIENCE_S, until

from fonio._engine import Engine
from fonio._java import engine_jar, java_home
from fonio._settings import Settings
from fonio.executors import HighThroughputExecutor
from fonio.providers import LocalProvider

Start = Callable[..., "subprocess.Popen[bytes]"]
"""Starts a manager of a name, and waits until the engine has it."""


def executor(**options: object) -> HighThroughputExecutor:
    """One that has no blocks and asks for none."""
    return HighThroughputExecutor(
        label="h",
        provider=LocalProvider(init_blocks=0, min_blocks=0, max_blocks=1),
        **{"max_workers_per_node": 1, "heartbeat_period": 0.5, "heartbeat_threshold": 2, **options},  # type: ignore[arg-type]
    )


def engine_of(home: Path, **options: object) -> Engine:
    """The engine of a durable run with such an executor."""
    settings = [executor(**options).settings()]
    return Engine(
        Settings(executors=settings, home=home, durable=True, scaling={"strategy": "none"})
    )


def names(engine: Engine) -> list[str]:
    """The managers that the engine has."""
    workers = engine.session.query("workers")
    return sorted(name for name, line in workers.items() if line.startswith("host "))


@contextlib.contextmanager
def managers_of(engine: Engine) -> Iterator[Start]:
    """What starts managers of an engine; in the end none is left."""
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str) -> subprocess.Popen[bytes]:
        names(engine)
        words = [
            str(java_home() / "bin/java"),
            *("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"),
            *("-cp", str(engine_jar()), "fonio.manager.ManagerMain"),
            *("--connect", f"127.0.0.1:{(engine.run / 'h.port').read_text().strip()}"),
            *("--token-file", str(engine.run / "h.token"), "--name", name),
        ]
        started.append(subprocess.Popen(words))
        until(lambda: name in names(engine), f"manager {name}")
        return started[-1]

    try:
        yield start
    finally:
        engine.close()
        for process in started:
            try:
                process.wait(PATIENCE_S)
            finally:
                process.kill()
