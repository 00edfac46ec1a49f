"""Kills at random moments: a short part of the campaign, or with FONIO_CAMPAIGN=full all of it."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import campaign
import pytest

SEED = int(os.environ.get("FONIO_SEED", "1"))
FULL = os.environ.get("FONIO_CAMPAIGN") == "full"
SHORT = 5
MOMENTS = [
    pytest.param(kind, SEED * 1_000_003 + n, id=f"{kind.__name__}-{n}")
    for kind, moments in campaign.KINDS.items()
    for n in range(moments if FULL else SHORT)
]


@pytest.mark.parametrize("kind, seed", MOMENTS)
def test_nothing_hangs_or_stays_after_a_kill_at_a_random_moment(kind, seed, tmp_path):
    kind(tmp_path, random.Random(seed))


def test_each_worker_killed_once_costs_less_than_a_second_and_no_result(tmp_path):
    costs = []
    for attempt in range(3):  # the machine may be busy: the least cost is the true one
        undisturbed = _thousand(tmp_path / f"{attempt}a", kill=False)
        costs.append(_thousand(tmp_path / f"{attempt}b", kill=True) - undisturbed)
        if costs[-1] < 1:
            return
    pytest.fail(f"the kills cost {costs} seconds")


def _thousand(home: Path, kill: bool) -> float:
    """Seconds for 1,000 tasks of 10 ms; each must answer once."""
    engine = campaign.start(home)
    with campaign.nothing_left(engine) as pids:
        call = engine.session.app(_ten_ms)
        [f.result(30) for f in [call(i) for i in range(20)]]
        begin = time.monotonic()
        futures = [call(i) for i in range(1000)]
        if kill:
            for place, pid in ((300, pids[1]), (600, pids[2])):
                futures[place].result(30)
                campaign.kill(pid)
        assert [f.result(30) for f in futures] == [*range(1000)]
        assert engine.session.query("account")["succeeded"] == "1020"
        pids.extend(campaign.workers_of(engine))
        return time.monotonic() - begin


def _ten_ms(number):
    time.sleep(0.01)
    return number
