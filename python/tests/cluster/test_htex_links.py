"""Links and hosts fail at random moments: each task ends once, in its own result."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from deadlines import until
from machines import Lab
from test_htex_hosts import load, manager, names, work

import fonio

SEED = int(os.environ.get("FONIO_SEED", "1"))
FULL = os.environ.get("FONIO_CAMPAIGN") == "full"
PORT = 54400
TASKS = 300
LOST_S = 1.5
PATIENCE_S = 60.0


class Star:
    """An engine on this machine, and on each of two hosts a manager, replaced when it ends."""

    def __init__(self, lab: Lab, home: Path) -> None:
        self.lab = lab
        self.home = home
        self.engine = load(lab, home, worker_port=PORT)
        self.managers: dict[int, subprocess.Popen[str]] = {}
        self.submitted = 0

    def complete(self) -> None:
        """Waits until both hosts have a manager that is connected."""

        def both() -> bool:
            for host in (1, 2):
                running = self.managers.get(host)
                if running is None or running.poll() is not None:
                    self.managers[host] = manager(self.lab, host, self.home, PORT)
            return len(names(self.engine)) == 2

        until(both, "two managers", PATIENCE_S)

    def submit(self) -> list[fonio.AppFuture]:
        """More tasks, some of which run when this returns."""
        futures = [work(self.submitted + n) for n in range(TASKS)]
        futures[2].result(PATIENCE_S)
        return futures

    def check(self, futures: list[fonio.AppFuture]) -> None:
        """All of them have ended, once and well."""
        expected = [self.submitted + n for n in range(TASKS)]
        assert [f.result(PATIENCE_S) for f in futures] == expected
        self.submitted += TASKS
        assert self.engine.session.query("account")["succeeded"] == str(self.submitted)


@pytest.fixture(scope="module")
def star(hosts, ends: ExitStack, tmp_path_factory) -> Iterator[Star]:
    made = Star(hosts(2, uplink=True), tmp_path_factory.mktemp("run"))
    yield made
    fonio.clear()
    for process in made.managers.values():
        process.wait(20)


def cut_briefly(star: Star, host: int, chance: random.Random) -> None:
    """A link that is back before the deadline."""
    star.lab.isolate(host)
    time.sleep(chance.uniform(0.1, 0.6) * LOST_S)
    star.lab.heal(host)


def cut_for_long(star: Star, host: int, chance: random.Random) -> None:
    """A link that is back after the deadline: the manager has been given up."""
    star.lab.isolate(host)
    time.sleep(chance.uniform(1.2, 2) * LOST_S)
    star.lab.heal(host)


def half_open(star: Star, host: int, chance: random.Random) -> None:
    """A manager that ends while its link is cut: the engine is not told."""
    star.lab.isolate(host)
    star.lab.kill(host)
    time.sleep(chance.uniform(0, 0.8) * LOST_S)
    star.lab.heal(host)


def crash(star: Star, host: int, chance: random.Random) -> None:
    """A host that loses its power, and is started again."""
    star.lab.crash(host)
    time.sleep(chance.uniform(0, 1.5) * LOST_S)
    star.lab.boot(host)


def lossy(star: Star, host: int, chance: random.Random) -> None:
    """A link that loses some of what goes to the host."""
    star.lab.loss(host, chance.uniform(0.05, 0.3))
    time.sleep(chance.uniform(0.5, 1))
    star.lab.loss(host, 0)


KINDS: dict[Callable[[Star, int, random.Random], None], int] = {
    cut_briefly: 12,
    cut_for_long: 12,
    half_open: 12,
    crash: 12,
    lossy: 12,
}
"""The kinds of moments, and how many of each the campaign in full has; the short one has one."""
MOMENTS = [
    pytest.param(kind, SEED * 1_000_003 + n, id=f"{kind.__name__}-{n}")
    for kind, moments in KINDS.items()
    for n in range(moments if FULL else 1)
]


@pytest.mark.parametrize("kind, seed", MOMENTS)
def test_every_task_ends_once(star: Star, kind, seed):
    chance = random.Random(seed)
    star.complete()
    futures = star.submit()
    time.sleep(chance.uniform(0, 0.3))
    kind(star, chance.choice((1, 2)), chance)
    star.check(futures)
