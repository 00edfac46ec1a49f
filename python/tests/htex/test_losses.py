"""Managers, links and blocks that end: nothing is lost, and the reason is said."""

from __future__ import annotations

import os
import signal
import time

import pytest
from patience import PATIENCE_S, eventually

import fonio
from fonio import python_app
from fonio.providers import LocalProvider


@python_app
def work(n):
    time.sleep(0.005)
    return n


@python_app
def once(path):
    """Notes each run."""
    with open(path, "a") as file:
        file.write("x")
    time.sleep(60)


def test_tasks_of_a_killed_manager_run_elsewhere_and_its_block_is_replaced(cluster):
    cluster.load()
    managers = cluster.await_managers(2)
    futures = [work(n) for n in range(600)]
    futures[50].result(PATIENCE_S)
    victim = next(iter(managers.values()))
    os.kill(victim, signal.SIGKILL)
    assert [f.result(PATIENCE_S) for f in futures] == [*range(600)]
    after = eventually(
        lambda: len(now := cluster.managers()) == 2 and {*now} != {*managers} and now,
        "a new manager",
    )
    assert victim not in after.values()
    assert "its connection" in cluster.log()


def test_a_task_that_must_not_run_twice_fails_with_its_manager(cluster, tmp_path):
    cluster.load(blocks=1, kills=1)
    mark = tmp_path / "runs"
    future = once(str(mark))
    eventually(mark.exists, "the task runs")
    os.kill(next(iter(cluster.managers().values())), signal.SIGKILL)
    with pytest.raises(fonio.errors.FonioError, match="is gone"):
        future.result(PATIENCE_S)
    assert mark.read_text() == "x"


def test_a_stopped_manager_is_given_up_and_cannot_answer_twice(cluster):
    cluster.load(heartbeat_period=0.2, heartbeat_threshold=1.0)
    managers = cluster.await_managers(2)
    futures = [work(n) for n in range(400)]
    futures[20].result(PATIENCE_S)
    victim = next(iter(managers.values()))
    os.kill(victim, signal.SIGSTOP)
    try:
        assert [f.result(PATIENCE_S) for f in futures] == [*range(400)]
        assert "it was silent" in cluster.log()
    finally:
        os.kill(victim, signal.SIGCONT)
    assert cluster.kernel.session.query("account")["succeeded"] == "400"
    again = [work(n) for n in range(200)]
    assert [f.result(PATIENCE_S) for f in again] == [*range(200)]
    assert cluster.kernel.session.query("account")["succeeded"] == "600"


def test_a_block_that_cannot_start_fails_the_tasks_with_its_own_words(cluster):
    provider = LocalProvider(worker_init="module-that-is-not-there load python; exit 3")
    cluster.load(provider=provider)
    with pytest.raises(fonio.errors.FonioError, match="module-that-is-not-there") as raised:
        work(1).result(PATIENCE_S)
    assert "exit code 3" in str(raised.value)
    with pytest.raises(fonio.errors.FonioError):
        work(2).result(PATIENCE_S)


def test_an_interpreter_that_is_not_there_is_named(cluster):
    cluster.load(blocks=1, python="/no/such/python")
    with pytest.raises(fonio.errors.FonioError, match="no/such/python"):
        work(1).result(PATIENCE_S)


def test_leaving_ends_managers_and_workers_soon(cluster):
    cluster.load()
    cluster.await_managers(2)
    assert work(1).result(PATIENCE_S) == 1
    begin = time.monotonic()
    fonio.clear()
    assert time.monotonic() - begin < 5
