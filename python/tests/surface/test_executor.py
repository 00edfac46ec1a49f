"""`fonio.Executor` behaves as the executors of concurrent.futures do."""

from __future__ import annotations

import concurrent.futures as cf
import functools
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

import fonio
from fonio import errors

SRC = Path(__file__).parents[2] / "src"


@pytest.fixture
def pool(home: str) -> Iterator[fonio.Executor]:
    with fonio.Executor(max_workers=2, run_dir=home) as executor:
        yield executor


def double(x):
    return 2 * x


def test_it_is_a_standard_executor(pool):
    assert isinstance(pool, cf.Executor)
    future = pool.submit(pow, 2, 5)
    assert isinstance(future, cf.Future) and future.result(20) == 32
    done, _ = cf.wait([pool.submit(double, i) for i in range(10)], 20)
    assert sorted(f.result() for f in done) == list(range(0, 20, 2))
    assert {f.result() for f in cf.as_completed([pool.submit(double, 4)], 20)} == {8}


def test_closures_and_methods_travel_with_their_present_state(pool):
    class Counter:
        value = 1

        def get(self):
            return self.value

    counter = Counter()
    first = pool.submit(counter.get)
    counter.value = 2
    assert (first.result(20), pool.submit(counter.get).result(20)) == (1, 2)
    assert [pool.submit(lambda: i).result(20) for i in range(3)] == [0, 1, 2]  # noqa: B023
    assert pool.submit(functools.partial(pow, 2), 3).result(20) == 8


def test_map_is_ordered_lazy_and_reads_its_input_in_windows(pool):
    assert list(pool.map(pow, range(5), [2] * 5)) == [0, 1, 4, 9, 16]
    results = pool.map(double, count(), chunksize=10, buffersize=100)
    assert [next(results) for _ in range(1000)] == list(range(0, 2000, 2))
    results.close()


def test_map_times_out(pool):
    import time

    with pytest.raises(cf.TimeoutError):
        list(pool.map(time.sleep, [1], timeout=0.2))


def test_wrong_arguments_are_named(pool, home):
    with pytest.raises(TypeError, match="fn must be callable"):
        pool.submit(5)
    with pytest.raises(ValueError, match="chunksize is 0"):
        pool.map(double, [1], chunksize=0)
    with pytest.raises(ValueError, match="max_workers is 0"):
        fonio.Executor(max_workers=0, run_dir=home)


def test_initializer_runs_in_each_worker(home):
    def prepare(name, value):
        os.environ[name] = value

    with fonio.Executor(2, initializer=prepare, initargs=("MARK", "yes"), run_dir=home) as pool:
        assert {pool.submit(os.getenv, "MARK").result(20) for _ in range(20)} == {"yes"}


def test_failed_initializer_breaks_the_executor(home):
    def broken():
        raise RuntimeError("cannot prepare")

    with fonio.Executor(1, initializer=broken, run_dir=home) as pool:
        future = pool.submit(double, 1)
        with pytest.raises(cf.BrokenExecutor, match="cannot prepare"):
            future.result(20)


def test_worker_is_replaced_after_its_tasks(home):
    with fonio.Executor(1, max_tasks_per_child=1, run_dir=home) as pool:
        assert len({pool.submit(os.getpid).result(20) for _ in range(3)}) == 3


def test_lost_worker_is_a_broken_executor_error_and_the_pool_goes_on(pool):
    with pytest.raises(cf.BrokenExecutor):
        pool.submit(os._exit, 3).result(30)
    assert pool.submit(double, 1).result(20) == 2


def test_nothing_is_taken_after_shutdown(home):
    pool = fonio.Executor(1, run_dir=home)
    future = pool.submit(double, 4)
    pool.shutdown()
    assert future.result() == 8
    with pytest.raises(RuntimeError, match="after shutdown"):
        pool.submit(double, 1)
    pool.shutdown()


def test_shutdown_cancels_where_asked(home):
    import time

    pool = fonio.Executor(1, run_dir=home)
    futures = [pool.submit(time.sleep, 0.2) for _ in range(50)]
    pool.shutdown(cancel_futures=True)
    assert all(f.done() for f in futures)
    assert sum(f.cancelled() for f in futures) > 30


def test_program_without_shutdown_finishes_its_tasks_and_leaves_nothing(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import fonio, time
            pool = fonio.Executor(2, run_dir={str(tmp_path / ".fonio")!r})
            def work(path):
                time.sleep(0.2)
                open(path, "w").close()
            for i in range(4):
                pool.submit(work, {str(tmp_path)!r} + f"/mark{{i}}")
            """
        )
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        timeout=40,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list(tmp_path.glob("mark*"))) == 4


def test_forty_thousand_functions_are_no_problem_for_classes(home, monkeypatch):
    from fonio import _executor

    monkeypatch.setattr(_executor, "_INTERNED", 20)
    with fonio.Executor(2, run_dir=home) as pool:
        futures = [pool.submit(eval(f"lambda: {i}")) for i in range(100)]
        assert [f.result(20) for f in futures] == list(range(100))
        assert len(pool._session.registry._by_number) < 30


def test_engine_that_is_killed_is_a_broken_executor_error(home):
    import signal

    pool = fonio.Executor(1, run_dir=home)
    os.kill(pool._engine.pid, signal.SIGKILL)
    with pytest.raises(errors.EngineLostError):
        pool.submit(double, 1).result(20)
    pool.shutdown()
