"""Executors of nodes in a durable run: managers find the next engine where they found the last."""

from __future__ import annotations

import os
import signal

from deadlines import PATIENCE_S, await_no_more_than, run_folders, until
from diary import noted, runs

from fonio._engine import Engine
from fonio._settings import Settings
from fonio.executors import HighThroughputExecutor
from fonio.providers import LocalProvider

TASKS = 200


def start(home):
    executor = HighThroughputExecutor(
        label="h",
        max_workers_per_node=1,
        encrypted=True,
        heartbeat_period=0.5,
        heartbeat_threshold=2,
        provider=LocalProvider(init_blocks=2, min_blocks=2, max_blocks=2),
    )
    return Engine(Settings(executors=[executor.settings()], home=home, durable=True))


def test_every_task_ends_once_on_nodes_whose_engine_was_killed(tmp_path):
    before = run_folders()
    engine = start(tmp_path / "home")
    diary = str(tmp_path / "diary")
    try:
        call = engine.session.app(noted)
        futures = [call(diary, n, 0.005) for n in range(TASKS)]
        futures[30].result(PATIENCE_S)
        port = (engine.run / "h.port").read_text()
        counted = runs(diary)
        known = {n: counted[n] for n, future in enumerate(futures) if future._s}
        os.kill(engine.pid, signal.SIGKILL)
        assert [f.result(PATIENCE_S) for f in futures] == [*range(TASKS)]
        counted = runs(diary)
        assert {n: counted[n] for n in known} == known
        assert (engine.run / "h.port").read_text() == port
    finally:
        engine.close()
    await_no_more_than(before)
    until(lambda: not managers_of(engine.run), "the managers end")


def managers_of(run):
    """The processes that name the run's token."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/cmdline", "rb") as words:
                    if f"{run}/h.token".encode() in words.read():
                        found.append(int(entry))
            except OSError:
                pass
    return found
