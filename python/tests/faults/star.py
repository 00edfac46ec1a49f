"""Kills and stops the parts of the high-throughput executor at random moments."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from campaign import TASKS, kill, pause, wait_gone, work
from deadlines import PATIENCE_S, await_no_more_than, run_folders, until

from fonio import errors
from fonio._engine import Engine
from fonio._settings import Settings
from fonio.executors import HighThroughputExecutor
from fonio.providers import LocalProvider

LOST_S = 1.0
MANAGER = re.compile(r"host \S+, pid (\d+), block")


def start(home: Path) -> Engine:
    """An engine with two managers of one worker each; those that end are replaced."""
    executor = HighThroughputExecutor(
        label="h",
        max_workers_per_node=1,
        heartbeat_period=LOST_S / 5,
        heartbeat_threshold=LOST_S,
        provider=LocalProvider(init_blocks=2, min_blocks=2, max_blocks=2),
    )
    scaling = {"strategy": "simple", "strategy_period": 1}
    return Engine(Settings(executors=[executor.settings()], home=home, scaling=scaling))


def managers_of(engine: Engine) -> list[int]:
    """The processes of the managers that are there."""
    found = [MANAGER.match(line) for line in engine.session.query("workers").values()]
    return [int(match[1]) for match in found if match]


def children_of(pid: int) -> list[int]:
    """The processes that a process has started and that run."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(word) for word in task.read_text().split()]
    return found


@contextlib.contextmanager
def running(home: Path) -> Iterator[tuple[Engine, list[object], list[int]]]:
    """Tasks on two managers; in the end each has ended once and well, and nothing is left."""
    before = run_folders()
    engine = start(home)
    pids = [engine.pid]
    try:
        until(lambda: len(managers_of(engine)) == 2, "two managers")
        managers = managers_of(engine)
        pids += managers + [pid for manager in managers for pid in children_of(manager)]
        call = engine.session.app(work)
        futures: list[object] = [call(i) for i in range(TASKS)]
        yield engine, futures, managers
        assert [f.result(PATIENCE_S) for f in futures] == [*range(TASKS)]  # type: ignore[attr-defined]
        assert engine.session.query("account")["succeeded"] == str(TASKS)
        pids += managers_of(engine)
    finally:
        engine.close()
    wait_gone(pids)
    await_no_more_than(before)


def kill_manager(home: Path, chance: random.Random) -> None:
    """Tasks of a manager that is killed run elsewhere."""
    with running(home) as (_, futures, managers):
        pause(chance.uniform(0, 0.3), futures)
        kill(chance.choice(managers))


def stop_manager(home: Path, chance: random.Random) -> None:
    """A manager that stands still, for less or more than the deadline, delivers nothing twice."""
    with running(home) as (_, futures, managers):
        pause(chance.uniform(0, 0.3), futures)
        victim = chance.choice(managers)
        os.kill(victim, signal.SIGSTOP)
        try:
            time.sleep(chance.choice((0.2, 0.8, 1.5)) * LOST_S)
        finally:
            os.kill(victim, signal.SIGCONT)


def stop_engine(home: Path, chance: random.Random) -> None:
    """An engine that stands still for longer than the deadline blames no manager for good."""
    with running(home) as (engine, futures, _):
        pause(chance.uniform(0, 0.3), futures)
        os.kill(engine.pid, signal.SIGSTOP)
        time.sleep(chance.choice((0.5, 2)) * LOST_S)
        os.kill(engine.pid, signal.SIGCONT)


def kill_worker_of_manager(home: Path, chance: random.Random) -> None:
    """The task of a worker that is killed on a manager runs again."""
    with running(home) as (_, futures, managers):
        pause(chance.uniform(0, 0.3), futures)
        workers = children_of(chance.choice(managers))
        if workers:
            kill(chance.choice(workers))


def kill_engine_of_managers(home: Path, chance: random.Random) -> None:
    """Every task ends, and the managers with the engine."""
    before = run_folders()
    engine = start(home)
    pids = [engine.pid]
    try:
        until(lambda: len(managers_of(engine)) == 2, "two managers")
        pids += managers_of(engine)
        call = engine.session.app(work)
        futures = [call(i) for i in range(TASKS)]
        pause(chance.uniform(0, 0.3), futures)
        kill(engine.pid)
        for number, future in enumerate(futures):
            problem = future.exception(PATIENCE_S)
            assert problem is None or isinstance(problem, errors.EngineLostError), problem
            assert problem is not None or future.result() == number
    finally:
        engine.close()
    wait_gone(pids)
    await_no_more_than(before)


KINDS = {
    kill_manager: 50,
    stop_manager: 50,
    stop_engine: 30,
    kill_worker_of_manager: 40,
    kill_engine_of_managers: 30,
}
"""The kinds of moments, and how many of each the campaign in full has."""
