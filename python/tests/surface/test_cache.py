"""Cached apps with the engine's memo."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

import fonio
from fonio import Config, DirectExecutor, ThreadPoolExecutor, errors, join_app, python_app


@pytest.fixture
def calls(tmp_path):
    """A file in which each run of a body leaves a letter."""
    path = tmp_path / "calls"
    path.touch()
    return path


@python_app(cache=True)
def slow_square(x, path):
    with open(path, "a") as file:
        file.write("x")
    return x * x


@python_app(cache=True)
def total(values, path):
    with open(path, "a") as file:
        file.write("t")
    return sum(values)


@python_app
def later(x):
    time.sleep(0.2)
    return x


def config(home, **options):
    return Config(executors=[DirectExecutor(workers=2)], run_dir=home, **options)


def test_equal_calls_run_once(home, calls):
    with fonio.load(config(home)):
        assert slow_square(3, str(calls)).result(20) == 9
        assert slow_square(3, str(calls)).result(20) == 9
        assert slow_square(4, str(calls)).result(20) == 16
    assert calls.read_text() == "xx"


def test_equal_calls_in_flight_run_once(home, calls):
    with fonio.load(config(home)):
        futures = [slow_square(3, str(calls)) for _ in range(50)]
        assert {f.result(20) for f in futures} == {9}
    assert calls.read_text() == "x"


def test_results_of_tasks_are_part_of_the_key(home, calls):
    with fonio.load(config(home)):
        assert total([later(1), later(2)], str(calls)).result(20) == 3
        assert total([later(1), later(3)], str(calls)).result(20) == 4
        done = [later(1), later(2)]
        [f.result(20) for f in done]
        assert total(done, str(calls)).result(20) == 3
        assert total([later(1), later(2)], str(calls)).result(20) == 3
    assert calls.read_text() == "tt"


def test_parents_that_end_before_the_call_is_sent_are_part_of_the_key(home, calls):
    with fonio.load(config(home)):
        for value in (1, 2):
            parent = later(value)
            child = total([parent], str(calls))
            assert child.result(20) == value


def test_checkpoint_is_found_by_the_next_run(home, calls):
    for _ in range(2):
        with fonio.load(config(home, checkpoint_mode="task_exit")) as engine:
            assert slow_square(5, str(calls)).result(20) == 25
    assert calls.read_text() == "x" and engine.account().memo_hits == 1


def test_checkpoint_is_on_disk_when_it_returns(home, calls):
    with fonio.load(config(home, checkpoint_mode="manual")) as engine:
        assert slow_square(5, str(calls)).result(20) == 25
        engine.checkpoint()
        with sqlite3.connect(f"file:{home}/state.db?mode=ro", uri=True) as state:
            assert state.execute("SELECT count(*) FROM memo").fetchone() == (1,)


def test_checkpoint_that_cannot_be_written_says_so(home, calls):
    Path(home).mkdir()
    Path(home, "state.db").write_text("this is no database, and long enough to be taken for none")
    with fonio.load(config(home, checkpoint_mode="manual")) as engine:
        assert slow_square(5, str(calls)).result(20) == 25
        with pytest.raises(errors.FonioError, match=r"not written.*state\.db"):
            engine.checkpoint()


def test_memoize_false_runs_each_call(home, calls):
    with fonio.load(config(home, app_cache=False)):
        for _ in range(2):
            assert slow_square(5, str(calls)).result(20) == 25
    assert calls.read_text() == "xx"


def test_argument_without_identity_fails_its_call_by_name(home):
    with fonio.load(config(home)):
        future = slow_square(object(), "")
        with pytest.raises(ValueError, match="unknown type for memoization"):
            future.result(20)


def test_joins_and_threads_are_cached_in_the_client(home):
    ran = []

    @join_app(cache=True)
    def joined(x):
        ran.append(x)
        return later(x)

    @python_app(cache=True, executors=["threads"])
    def threaded(x):
        ran.append(-x)
        return x

    both = Config(executors=[DirectExecutor(workers=1), ThreadPoolExecutor()], run_dir=home)
    with fonio.load(both):
        assert [joined(2).result(20) for _ in range(2)] == [2, 2]
        assert [threaded(3).result(20) for _ in range(2)] == [3, 3]
    assert ran == [2, -3]
