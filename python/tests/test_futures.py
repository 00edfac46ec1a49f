"""What a future does, for one thread and for many."""

from __future__ import annotations

import asyncio
import concurrent.futures as cf
import threading
import time

import pytest
from bodies import add

from fonio import _wire as w


def test_cancel_of_a_waiting_task(pair):
    pair.peer.hold()
    future = pair.session.app(add)(1)
    pair.session.outbox.flush()
    assert future.cancel()
    assert future.cancelled()
    with pytest.raises(cf.CancelledError):
        future.result(5)


def test_cancel_of_a_task_that_is_done_is_false(pair):
    future = pair.session.app(add)(1)
    future.result(5)
    assert not future.cancel()


def test_cancel_without_an_answer_ends_after_a_second(pair):
    pair.peer.hold()
    pair.peer.mute.add(w.CANCEL)
    future = pair.session.app(add)(1)
    start = time.monotonic()
    assert not future.cancel()
    assert time.monotonic() - start < 3


def test_timeout_leaves_the_future_pending(pair):
    pair.peer.hold()
    future = pair.session.app(add)(1)
    with pytest.raises(cf.TimeoutError):
        future.result(0.01)
    pair.peer.let_go()
    assert future.result(5) == 11


def test_callback_runs_once_with_the_future(pair):
    seen = []
    ready = threading.Event()
    pair.peer.hold()
    future = pair.session.app(add)(1)
    future.add_done_callback(lambda f: (seen.append(f.result()), ready.set()))
    pair.peer.let_go()
    assert ready.wait(5)
    future.add_done_callback(lambda f: seen.append("again"))
    assert seen == [11, "again"]


def test_standard_wait_and_as_completed_work(pair):
    call = pair.session.app(add)
    futures = [call(i) for i in range(200)]
    done, pending = cf.wait(futures, timeout=10)
    assert len(done) == 200 and not pending
    more = [call(i) for i in range(200)]
    assert sum(f.result() for f in cf.as_completed(more, timeout=10)) == sum(range(200)) + 2000


def test_future_can_be_awaited(pair):
    call = pair.session.app(add)

    async def main():
        return await asyncio.gather(*[asyncio.wrap_future(call(i)) for i in range(50)]), await call(
            1
        )

    assert asyncio.run(main()) == ([i + 10 for i in range(50)], 11)


def test_many_threads_submit_and_wait(pair):
    call = pair.session.app(add)
    wrong = []

    def work(base):
        for _ in range(20):
            futures = [call(base, i) for i in range(20)]
            wrong.extend(f for i, f in enumerate(futures) if f.result(10) != base + i)

    threads = [threading.Thread(target=work, args=(k * 1000,)) for k in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(30)
    assert not wrong and not any(t.is_alive() for t in threads)


def test_threads_that_wait_for_one_future_all_wake(pair):
    pair.peer.hold()
    future = pair.session.app(add)(1)
    got = []
    threads = [threading.Thread(target=lambda: got.append(future.result(10))) for _ in range(6)]
    for t in threads:
        t.start()
    pair.peer.await_frame(w.SUBMIT)
    pair.peer.let_go()
    for t in threads:
        t.join(10)
    assert got == [11] * 6
