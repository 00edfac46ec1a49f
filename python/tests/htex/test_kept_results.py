"""Large results stay on the nodes that made them, and the tasks that need them go there."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest
from patience import PATIENCE_S, eventually

from fonio import python_app
from fonio.executors.high_throughput.manager_selector import (
    DataManagerSelector,
    LeastLoadedManagerSelector,
)
from fonio.providers import LocalProvider

LARGE = 8_000_000


@python_app
def make(seed):
    """A large result, when its dependants have been submitted."""
    import os
    import time

    time.sleep(0.3)
    return os.environ["FONIO_MANAGER"], bytes([seed]) * LARGE


@python_app
def look(made, at, before=None):
    import os

    return os.environ["FONIO_MANAGER"], made[0], made[1][at], len(made[1])


@python_app
def wait(_):
    import time

    time.sleep(0.3)


@python_app
def both(one, other):
    return one[1][0], other[1][-1]


def of_managers(cluster, key: str) -> dict[str, int]:
    """A number that the engine tells of each manager, by the manager's name."""
    told: dict[str, Any] = dict(cluster.kernel.session.query("status"))
    names = {
        k[: -len("name")]: v for k, v in told.items() if ".managers." in k and k[-5:] == ".name"
    }
    return {name: int(told[start + key]) for start, name in names.items()}


def loaded(cluster, selector=DataManagerSelector, keep_mb="100"):
    init = f"export FONIO_KEEP_MB={keep_mb}"
    provider = LocalProvider(init_blocks=2, min_blocks=2, max_blocks=2, worker_init=init)
    cluster.load(manager_selector=selector(), provider=provider)
    cluster.await_managers(2)


def test_tasks_run_where_their_input_was_made_and_it_does_not_travel_again(cluster):
    loaded(cluster)
    before = sum(of_managers(cluster, "sent_bytes").values())
    for seed in range(1, 6):
        parent = make(seed)
        children = [look(parent, 0)]
        while len(children) < 20:
            children.append(look(parent, len(children), children[-1]))
        for child in children:
            here, home, *value = child.result(PATIENCE_S)
            assert (here, value) == (home, [seed, LARGE])
    assert sum(of_managers(cluster, "sent_bytes").values()) - before < 100 * 1000


def test_many_tasks_at_once_get_the_same_input_wherever_they_run(cluster):
    loaded(cluster, LeastLoadedManagerSelector)
    parent = make(7)
    answers = [child.result(PATIENCE_S) for child in [look(parent, at) for at in range(20)]]
    assert {answer[2:] for answer in answers} == {(7, LARGE)}


def test_input_that_has_ended_and_was_not_read_does_not_travel_again(cluster):
    loaded(cluster)
    parent = make(9)
    eventually(parent.done, "the end of the parent")
    before = sum(of_managers(cluster, "sent_bytes").values())
    for at in range(10):
        here, home, *value = look(parent, at).result(PATIENCE_S)
        assert (here, value) == (home, [9, LARGE])
    assert sum(of_managers(cluster, "sent_bytes").values()) - before < 100 * 1000


def test_what_a_killed_manager_kept_travels_to_the_others(cluster):
    loaded(cluster)
    parent = make(5)
    first = look(parent, 0)
    children = [look(parent, at, wait(first)) for at in range(20)]
    here, home, *value = first.result(PATIENCE_S)
    assert (here, value) == (home, [5, LARGE])
    os.kill(cluster.managers()[home], signal.SIGKILL)
    answers = [child.result(PATIENCE_S) for child in children]
    assert {answer[1:] for answer in answers} == {(home, 5, LARGE)}
    assert home not in of_managers(cluster, "tasks")


@pytest.mark.parametrize("keep_mb", ["0", "10", "20"])
def test_results_that_find_no_room_travel(cluster, keep_mb):
    loaded(cluster, keep_mb=keep_mb)
    parents = [make(seed) for seed in range(1, 9)]
    pairs = [both(parents[n], parents[n - 3]) for n in range(8)]
    pairs = [pair.result(PATIENCE_S) for pair in pairs]
    assert pairs == [(n + 1, (n - 3) % 8 + 1) for n in range(8)]
    kept = of_managers(cluster, "kept_bytes")
    assert all(each <= int(keep_mb) << 20 for each in kept.values())
    assert any(kept.values()) == (keep_mb != "0")


def test_results_that_nobody_needs_are_dropped(cluster):
    loaded(cluster)
    parent = make(3)
    assert look(parent, 1).result(PATIENCE_S)[2] == 3
    assert sum(of_managers(cluster, "kept_bytes").values()) > LARGE
    del parent
    eventually(lambda: sum(of_managers(cluster, "kept_bytes").values()) == 0, "nothing is kept", 10)
