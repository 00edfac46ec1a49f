"""The account of a run: elements of maps, failures, and whose time counts as overhead."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import fonio
from fonio import Config, DirectExecutor, python_app
from fonio._account import Account, account_of


def test_elements_of_a_map_count_as_tasks(engine):
    assert sum(fonio.map(abs, range(10_000))) == sum(range(10_000))
    account = engine.account()
    assert (account.tasks, account.succeeded, account.failed) == (10_000, 10_000, 0)
    assert (account.remaining, account.waiting, account.running) == (0, 0, 0)


def test_each_element_ends_once_whether_it_raises_or_kills_its_worker(engine):
    def odd(i):
        import os

        if i == 70:
            os._exit(3)
        if i % 10 == 5:
            raise ValueError(i)
        return i

    good, bad = 0, 0
    results = fonio.map(odd, range(100), chunk=20)
    while True:
        try:
            next(results)
            good += 1
        except StopIteration:
            break
        except (ValueError, fonio.errors.FonioError):
            bad += 1
    account = engine.account()
    assert (good, bad) == (89, 11)
    assert (account.tasks, account.succeeded, account.failed) == (100, 89, 11)
    assert account.remaining == 0


def test_map_that_is_closed_leaves_nothing_remaining(engine):
    results = fonio.map(abs, range(100_000), chunk=100)
    assert next(results) == 0
    results.close()
    fonio.wait_for_current_tasks()
    account = engine.account()
    assert account.remaining == 0 and account.done >= 100


def test_executor_counts_the_elements_of_its_map(home):
    with fonio.Executor(max_workers=1, run_dir=home) as pool:
        assert list(pool.map(abs, range(-50, 0), chunksize=25)) == list(range(50, 0, -1))
    assert pool.account().tasks == pool.account().succeeded == 50


def written(run_dir):
    """The account that `fonio runs` reads."""
    text = (Path(run_dir) / "run.properties").read_text()
    entries = dict(line.split("=", 1) for line in text.splitlines())
    return {key: int(entries[key]) for key in ("submitted", "succeeded", "failed", "cancelled")}


def test_run_that_has_ended_keeps_the_same_account_as_it_closes_with(home):
    def odd(i):
        if i % 100 == 7:
            raise ValueError(i)
        return i

    with fonio.load(Config(executors=[DirectExecutor(workers=2)], run_dir=home)) as engine:
        results, bad = fonio.map(odd, range(1000)), 0
        while True:
            try:
                next(results)
            except StopIteration:
                break
            except ValueError:
                bad += 1
    account = engine.account()
    assert (account.tasks, account.succeeded, account.failed, bad) == (1000, 990, 10, 10)
    assert written(engine.run_dir) == {
        "submitted": 1000,
        "succeeded": 990,
        "failed": 10,
        "cancelled": 0,
    }


def test_account_of_an_executor_is_kept_as_well(home):
    with fonio.Executor(max_workers=1, run_dir=home) as pool:
        assert list(pool.map(abs, range(-50, 0), chunksize=25)) == list(range(50, 0, -1))
    (run,) = (Path(home) / "runs").iterdir()
    assert written(run)["submitted"] == written(run)["succeeded"] == 50


def test_time_without_tasks_is_nobodys_overhead(engine):
    @python_app
    def one():
        return 1

    [f.result(20) for f in [one() for _ in range(10)]]
    before = engine.account()
    end = time.monotonic() + 0.5
    while time.monotonic() < end:  # the program computes
        pass
    one().result(20)
    after = engine.account()
    assert after.wall_seconds - before.wall_seconds >= 0.5
    assert after.occupied_seconds - before.occupied_seconds < 0.25


def test_a_worker_that_has_nothing_to_do_is_not_occupied(engine):
    @python_app
    def rest(seconds):
        import time

        time.sleep(seconds)

    rest(0.01).result(20)
    before = engine.account()
    rest(0.4).result(20)
    after = engine.account()
    assert 0.39 <= after.occupied_seconds - before.occupied_seconds < 0.7
    assert after.work_seconds - before.work_seconds >= 0.39


@pytest.mark.parametrize("occupied, efficiency, overhead", [("4", 0.5, 2e6 / 4), ("0", 0.0, 0.0)])
def test_efficiency_and_overhead_share_the_occupied_time(occupied, efficiency, overhead):
    entries = {"succeeded": "4", "submitted": "4", "workers": "2", "wall_ns": f"{10**11}"}
    entries |= {"occupied_ns": occupied + "0" * 9, "work_ns": "2" + "0" * 9}
    account = account_of(entries)
    assert isinstance(account, Account)
    assert account.efficiency == efficiency
    assert account.overhead_per_task_us == overhead
    assert "efficiency while there were tasks" in str(account)
