"""Tasks by the real engine, in real workers."""

from __future__ import annotations

import concurrent.futures as cf
import os
import signal
import threading
import time

import numpy
import pytest
from deadlines import until

from fonio import errors
from fonio._map import open_map
from fonio._shared import share


def add(a, b=10):
    return a + b


def fail(text="bad"):
    raise ValueError(text)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def sleep(seconds, mark=None):
    if mark:
        open(mark, "w").close()
    time.sleep(seconds)
    return seconds


def test_results_come_back(engine):
    call = engine.session.app(add)
    assert call(1, 2).result(20) == 3
    futures = [call(i, b=i) for i in range(5000)]
    assert [f.result(20) for f in futures] == [2 * i for i in range(5000)]


def test_a_call_after_a_pause_leaves_though_nobody_waits_for_it(engine, tmp_path):
    begun = tmp_path / "begun"
    first = engine.session.app(sleep)(5, str(begun))
    until(begun.exists, "the first task")
    outbox = engine.session.outbox
    until(lambda: not outbox._active, "the rest of the thread that flushes")
    second = tmp_path / "second"
    engine.session.app(sleep)(0, str(second))
    until(second.exists, "the second task", 4)
    assert not first.done()


def test_none_and_no_arguments(engine):
    call = engine.session.app(_nothing)
    assert [f.result(20) for f in [call() for _ in range(5000)]] == [None] * 5000


def _nothing():
    pass


def test_chain_and_tree(engine):
    call = engine.session.app(add)
    future = call(0, 0)
    for _ in range(1000):
        future = call(future, 1)
    assert future.result(30) == 1000
    level = [call(i, 0) for i in range(256)]
    while len(level) > 1:
        level = [call(a, b) for a, b in zip(level[::2], level[1::2])]
    assert level[0].result(30) == sum(range(256))


def test_futures_in_lists(engine):
    call = engine.session.app(add)
    total = engine.session.app(sum)
    assert total([call(i, i) for i in range(100)]).result(20) == 9900


def test_error_and_dependency(engine):
    bad = engine.session.app(fail)("no")
    child = engine.session.app(add)(bad)
    with pytest.raises(errors.DependencyError) as caught:
        child.result(20)
    assert isinstance(caught.value.__cause__, ValueError)
    with pytest.raises(ValueError, match="no"):
        bad.result(20)


def test_retries_are_counted_by_the_engine(engine, tmp_path):
    def flaky(path):
        with open(path, "a") as f:
            f.write("x")
        if os.path.getsize(path) < 3:
            raise OSError("again")
        return "done"

    assert engine.session.app(flaky, retries=2)(str(tmp_path / "n")).result(20) == "done"


def test_large_array_there_and_back(engine):
    array = numpy.arange(2_000_000)
    again = engine.session.app(_twice)(array).result(30)
    again[0] = 5
    assert again.sum() == 2 * array.sum() + 5


def _twice(array):
    array *= 2
    return array


def test_promise_and_foreign_future(engine):
    promise = engine.session.promise()
    foreign: cf.Future[int] = cf.Future()
    child = engine.session.app(add)(promise, foreign)
    engine.session.fulfil(promise, 40)
    foreign.set_result(2)
    assert child.result(20) == 42


def test_cancelled_task_does_not_run(start, tmp_path):
    engine = start(workers=1)
    begun = tmp_path / "begun"
    engine.session.app(sleep)(1.0, str(begun))
    engine.session.outbox.flush()
    until(begun.exists, "the task has not begun")

    def touch(path):
        open(path, "w").close()

    late = engine.session.app(touch)(str(tmp_path / "ran"))
    assert late.cancel()
    assert engine.session.app(sleep)(0).result(20) == 0
    assert not (tmp_path / "ran").exists()


def test_killed_task_ends_and_the_next_one_runs(start, tmp_path):
    engine = start(workers=1)
    begun = tmp_path / "begun"
    long = engine.session.app(sleep)(60, str(begun))
    quick = engine.session.app(sleep)(0)
    engine.session.outbox.flush()
    until(begun.exists, "the task has not begun")
    assert long.kill()
    assert quick.result(20) == 0


def test_worker_killer_is_named_and_harms_no_other(engine):
    futures = [engine.session.app(add)(i, 1) for i in range(100)]
    bad = engine.session.app(die)()
    futures += [engine.session.app(add)(i, 1) for i in range(100)]
    with pytest.raises(errors.WorkerLost) as caught:
        bad.result(30)
    assert caught.value.signal == signal.SIGKILL
    assert [f.result(20) for f in futures] == [*range(1, 101)] * 2


def test_map_is_ordered_and_complete(engine):
    results = open_map(engine.session, _double, (range(100_000),), 2)
    assert list(results) == list(range(0, 200_000, 2))


def _double(x):
    return 2 * x


def test_element_that_kills_its_worker_fails_alone(engine):
    results = open_map(engine.session, _deadly, (range(60),), 2, chunk=20)
    got, lost = [], 0
    while True:
        try:
            got.append(next(results))
        except StopIteration:
            break
        except errors.WorkerLost:
            lost += 1
    assert lost == 1 and got == [x for x in range(60) if x != 31]


def _deadly(x):
    if x == 31:
        os._exit(3)
    return x


def test_shared_object_travels_once(engine):
    with share(engine.session, numpy.arange(100_000)) as handle:
        call = engine.session.app(_at)
        assert [f.result(20) for f in [call(handle, i) for i in range(200)]] == list(range(200))


def _at(array, index):
    return int(array[index])


def test_many_threads(engine):
    call = engine.session.app(add)
    wrong: list[int] = []

    def work(base):
        for _ in range(10):
            futures = [call(base, i) for i in range(100)]
            wrong.extend(i for i, f in enumerate(futures) if f.result(30) != base + i)

    threads = [threading.Thread(target=work, args=(1000 * k,)) for k in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(60)
    assert not wrong


def test_account_counts(engine):
    [f.result(20) for f in [engine.session.app(add)(i) for i in range(10)]]
    assert engine.session.query("account")
