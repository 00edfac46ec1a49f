"""Managers bring what they hold to an engine that was started again: no work is done twice."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter

import pytest
from by_hand import engine_of, managers_of, names
from deadlines import PATIENCE_S, await_no_more_than, run_folders, until
from diary import note, noted, runs

MANAGERS = ("a", "b")


def kill(engine):
    os.kill(engine.pid, signal.SIGKILL)


@pytest.fixture
def run(tmp_path):
    """An engine, what starts managers of it, and two that are there."""
    before = run_folders()
    engine = engine_of(tmp_path / "home", prefetch_capacity=2)
    with managers_of(engine) as start:
        for name in MANAGERS:
            start(name)
        yield engine
    await_no_more_than(before)


def test_tasks_that_run_and_wait_at_managers_go_on_and_run_once(run, tmp_path):
    diary = str(tmp_path / "diary")
    call = run.session.app(noted)
    futures = [call(diary, n, 2) for n in range(8)]
    until(lambda: len(runs(diary)) == len(MANAGERS), "a task runs at each manager")
    kill(run)
    assert [f.result(PATIENCE_S) for f in futures] == [*range(8)]
    assert runs(diary) == Counter(range(8))
    assert names(run) == [*MANAGERS]


def gated(diary, number, gate):
    """Notes its begin and, when the gate is open, its end."""
    note(diary, number)
    while not os.path.exists(gate):
        time.sleep(0.01)
    note(f"{diary}.ends", number)
    return number


def test_results_that_managers_got_while_there_was_no_engine_count(run, tmp_path):
    diary, gate = str(tmp_path / "diary"), tmp_path / "gate"
    call = run.session.app(gated)
    futures = [call(diary, n, str(gate)) for n in range(6)]
    until(lambda: len(runs(diary)) == 2, "two run")
    os.kill(run.pid, signal.SIGSTOP)
    gate.touch()
    until(lambda: len(runs(f"{diary}.ends")) >= 4, "all that the managers have end")
    kill(run)
    assert [f.result(PATIENCE_S) for f in futures] == [*range(6)]
    assert runs(diary) == runs(f"{diary}.ends") == Counter(range(6))


def test_tasks_go_on_however_often_the_engine_dies(run, tmp_path):
    diary = str(tmp_path / "diary")
    call = run.session.app(noted)
    futures = [call(diary, n, 1) for n in range(10)]
    for least in (2, 4, 6):
        until(lambda: len(runs(diary)) >= least, f"{least} tasks have begun")  # noqa: B023
        kill(run)
    assert [f.result(PATIENCE_S) for f in futures] == [*range(10)]
    assert runs(diary) == Counter(range(10))


def test_chains_that_were_sent_ahead_go_on(run, tmp_path):
    diary = str(tmp_path / "diary")
    call = run.session.app(after)
    futures = [call(diary, 0, None)]
    for number in range(1, 5):
        futures.append(call(diary, number, futures[-1]))
    until(lambda: len(runs(diary)) == 2, "the second of the chain runs")
    kill(run)
    assert [f.result(PATIENCE_S) for f in futures] == [*range(5)]
    assert runs(diary) == Counter(range(5))


def after(diary, number, before):
    """Runs for a while behind the task with the number before."""
    assert before in (None, number - 1)
    return noted(diary, number, 1)


def test_tasks_of_a_manager_that_does_not_come_back_run_elsewhere(tmp_path):
    before = run_folders()
    diary = str(tmp_path / "diary")
    engine = engine_of(tmp_path / "home")
    with managers_of(engine) as start:
        start("a")
        lost = start("b")
        call = engine.session.app(noted)
        futures = [call(diary, n, 1) for n in range(4)]
        until(lambda: len(runs(diary)) == 2, "a task runs at each manager")
        kill(engine)
        lost.kill()
        assert [f.result(PATIENCE_S) for f in futures] == [*range(4)]
        counted = runs(diary)
        assert {*counted} == {*range(4)}
        assert counted.total() <= 5
    await_no_more_than(before)


def test_a_task_that_was_cancelled_meanwhile_ends_once(run, tmp_path):
    diary, gate = str(tmp_path / "diary"), tmp_path / "gate"
    call = run.session.app(gated)
    futures = [call(diary, n, str(gate)) for n in range(4)]
    until(lambda: len(runs(diary)) == 2, "two run")
    kill(run)
    waits = next(n for n in range(4) if not runs(diary)[n])
    assert futures[waits].cancel()
    until(lambda: names(run) == [*MANAGERS], "the managers come back")
    gate.touch()
    others = [n for n in range(4) if n != waits]
    assert [futures[n].result(PATIENCE_S) for n in others] == others
    assert futures[waits].cancelled()
    account = run.session.query("account")
    assert (account["succeeded"], account["cancelled"]) == ("3", "1")
    assert max(runs(diary).values()) == 1
