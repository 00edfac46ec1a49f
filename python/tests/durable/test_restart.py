"""A durable run whose engine is killed goes on with another; any other run says that it is lost."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest
from deadlines import PATIENCE_S, until
from diary import noted, runs

import fonio
from fonio import _revival, errors

TASKS = 300


def kill(engine):
    os.kill(engine.pid, signal.SIGKILL)


@pytest.fixture
def durable(start):
    return start(durable=True)


@pytest.fixture
def loaded(tmp_path):
    """Apps of a durable run; the engine's process is killed by the given function."""
    config = fonio.Config(
        executors=[fonio.DirectExecutor(workers=2)], durable=True, run_dir=tmp_path / ".fonio"
    )
    with fonio.load(config) as kernel:
        yield kernel


@pytest.mark.parametrize("seed", range(4))
def test_every_task_ends_well_and_none_whose_result_was_here_runs_again(durable, tmp_path, seed):
    diary = str(tmp_path / "diary")
    call = durable.session.app(noted)
    futures = [call(diary, n) for n in range(TASKS)]
    chance = random.Random(seed)
    known = {}
    for _ in range(2):
        futures[chance.randrange(TASKS)].result(PATIENCE_S)
        counted = runs(diary)
        for n, future in enumerate(futures):
            if future._s:
                known.setdefault(n, counted[n])
        kill(durable)
    assert [future.result(PATIENCE_S) for future in futures] == [*range(TASKS)]
    counted = runs(diary)
    assert {*counted} == {*range(TASKS)}
    assert {n: counted[n] for n in known} == known
    account = durable.session.query("account")
    assert (account["submitted"], account["succeeded"]) == (str(TASKS), str(TASKS))


def test_tasks_that_are_submitted_while_there_is_no_engine_run(durable, tmp_path):
    call = durable.session.app(noted)
    assert call(str(tmp_path / "diary"), 1).result(PATIENCE_S) == 1
    kill(durable)
    futures = [call(str(tmp_path / "diary"), n) for n in range(2, 50)]
    assert [f.result(PATIENCE_S) for f in futures] == [*range(2, 50)]


def test_without_durable_a_killed_engine_is_lost(start):
    engine = start()
    future = engine.session.app(time.sleep)(60)
    engine.session.outbox.flush()
    kill(engine)
    with pytest.raises(errors.EngineLostError, match="signal 9"):
        future.result(PATIENCE_S)
    assert not (engine.run / "journal").exists()


def test_chains_go_on_from_what_their_parents_returned(loaded):
    @fonio.python_app
    def add(value, amount):
        time.sleep(0.002)
        return value + amount

    chains = [0] * 5
    for step in range(30):
        chains = [add(value, step) for value in chains]
    until(lambda: loaded.account().succeeded > 40, "some links")
    kill(loaded._engine)
    assert [f.result(PATIENCE_S) for f in chains] == [sum(range(30))] * 5


def test_large_arguments_and_results_are_whole_after_a_kill(durable):
    def double(data):
        time.sleep(0.01)
        return data + data

    call = durable.session.app(double)
    large = [os.urandom(100_000) for _ in range(20)]
    futures = [call(data) for data in large]
    assert len(futures[3].result(PATIENCE_S)) == 200_000
    kill(durable)
    assert [f.result(PATIENCE_S) for f in futures] == [data + data for data in large]


def test_a_large_result_that_was_told_before_the_kill_can_be_read_after_it(durable):
    future = durable.session.app(bytes)(200_000)
    durable.session.wait(future, PATIENCE_S)
    kill(durable)
    assert durable.session.app(abs)(-1).result(PATIENCE_S) == 1
    assert future.result(PATIENCE_S) == bytes(200_000)


def test_shared_objects_initializer_and_classes_are_known_to_the_new_engine(start):
    def begin():
        os.environ["BEGUN"] = "1"

    engine = start(durable=True, initializer=begin)
    from fonio._shared import share

    table = share(engine.session, {"a": 1})

    def look(table, key):
        return table[key], os.environ["BEGUN"]

    call = engine.session.app(look)
    assert call(table, "a").result(PATIENCE_S) == (1, "1")
    kill(engine)
    assert call(table, "a").result(PATIENCE_S) == (1, "1")


def test_join_apps_and_thread_pools_of_a_living_client_go_on(tmp_path):
    @fonio.python_app(executors=["w"])
    def slow(x):
        time.sleep(0.1)
        return x + 1

    @fonio.join_app
    def twice(x):
        return slow(slow(x))

    @fonio.python_app(executors=["t"])
    def here(x):
        time.sleep(0.3)
        return -x

    workers = fonio.DirectExecutor(label="w", workers=2)
    config = fonio.Config(
        executors=[workers, fonio.ThreadPoolExecutor(label="t")],
        durable=True,
        run_dir=tmp_path / ".fonio",
    )
    with fonio.load(config) as kernel:
        joined, pooled, below = twice(1), here(5), slow(here(7))
        until(lambda: int(kernel.session.query("account")["submitted"]) > 4, "some tasks")
        kill(kernel._engine)
        assert [f.result(PATIENCE_S) for f in (joined, pooled, below)] == [3, -5, -6]


def test_map_yields_each_element_once(loaded):
    def square(x):
        time.sleep(0.001)
        return x * x

    seen = []
    for value in fonio.map(square, range(2000)):
        seen.append(value)
        if len(seen) in (200, 900):
            kill(loaded._engine)
    assert seen == [x * x for x in range(2000)]
    assert loaded.account().tasks == 2000


def test_a_failed_task_has_its_own_error_after_a_kill(durable):
    def fail(x):
        time.sleep(0.01)
        raise KeyError(x)

    futures = [durable.session.app(fail)(n) for n in range(50)]
    assert futures[0].exception(PATIENCE_S).args == (0,)
    kill(durable)
    assert [f.exception(PATIENCE_S).args for f in futures] == [(n,) for n in range(50)]


def test_equal_calls_of_a_cached_app_share_one_result_after_a_kill(loaded, tmp_path):
    cached = fonio.python_app(noted, cache=True)
    diary = str(tmp_path / "diary")
    assert [cached(diary, n, 0).result(PATIENCE_S) for n in range(6)] == [*range(6)]
    slow = [cached(diary, n, 0.05) for n in range(6, 12)]
    kill(loaded._engine)
    again = [cached(diary, n, 0) for n in range(6)]
    equal = [cached(diary, n, 0.05) for n in range(6, 12)]
    assert [f.result(PATIENCE_S) for f in again] == [*range(6)]
    assert [f.result(PATIENCE_S) for f in slow + equal] == [*range(6, 12)] * 2
    assert {number: count for number, count in runs(diary).items() if number < 6} == dict.fromkeys(
        range(6), 1
    )


def test_a_cancel_that_met_no_engine_is_obeyed_by_the_next(durable):
    call = durable.session.app(time.sleep)
    busy = [call(0.5) for _ in range(2)]
    waiting = [call(0) for _ in range(20)]
    durable.session.outbox.flush()
    until(lambda: durable.session.query("account")["held"] != "0", "a task runs")
    kill(durable)
    assert waiting[-1].cancel()
    assert [f.result(PATIENCE_S) for f in busy + waiting[:-1]] == [None] * 21


def test_an_engine_that_dies_again_and_again_is_given_up_by_name(durable, monkeypatch):
    monkeypatch.setattr(_revival, "MOST", 2)
    call = durable.session.app(abs)
    for n in range(2):
        kill(durable)
        assert call(-n).result(PATIENCE_S) == n
    kill(durable)
    with pytest.raises(errors.EngineLostError, match=r"engine\.log"):
        call(-5).result(PATIENCE_S)


def test_the_close_of_a_durable_run_leaves_its_journal_and_nothing_in_memory(start, tmp_path):
    engine = start(durable=True)
    assert engine.session.app(abs)(-1).result(PATIENCE_S) == 1
    kill(engine)
    assert engine.session.app(abs)(-2).result(PATIENCE_S) == 2
    engine.close()
    assert (engine.run / "journal" / "00000001.log").stat().st_size > 0
    assert not engine.folders.segments.exists()
