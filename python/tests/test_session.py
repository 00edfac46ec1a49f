"""The client against a protocol peer."""

from __future__ import annotations

import asyncio
import concurrent.futures as cf
import operator
import os
import threading
import time

import pytest

from fonio import _wire as w
from fonio import errors


def add(a, b=10):
    return a + b


def fail(text="bad"):
    raise ValueError(text)


def total(values):
    return sum(values)


def test_scalars_travel_there_and_back(pair):
    call = pair.session.app(add)
    assert call(1, 2).result(5) == 3
    assert call(1, b=5).result(5) == 6
    assert call("x", b="y").result(5) == "xy"


def test_a_thousand_calls_keep_their_results_apart(pair):
    call = pair.session.app(add)
    futures = [call(i, i) for i in range(1000)]
    assert [f.result(5) for f in futures] == [2 * i for i in range(1000)]


def test_function_travels_once(pair):
    call = pair.session.app(add)
    for i in range(50):
        call(i).result(5)
    assert len(pair.peer.of(w.FUNCTION)) == 1
    assert len(pair.peer.of(w.CLASS)) == 1


def test_same_function_and_options_are_one_class(pair):
    assert pair.session.make_class(add, retries=2) is pair.session.make_class(add, retries=2)
    assert pair.session.make_class(add, retries=2) is not pair.session.make_class(add)


def test_options_travel_with_the_class(pair):
    pair.session.app(add, retries=2, cache=True, walltime_ms=None)(1).result(5)
    (_, options), *_ = pair.peer.classes.values()
    assert options == {"name": "add", "retries": "2", "cache": "1"}


def test_lambda_and_closure_travel_by_value(pair):
    n = 7
    assert pair.session.app(lambda x: x + n)(1).result(5) == 8


def test_containers_travel_by_pickle(pair):
    call = pair.session.app(operator.getitem)
    assert call({"k": [1, {2}]}, "k").result(5) == [1, {2}]


def test_exception_keeps_type_and_remote_traceback(pair):
    future = pair.session.app(fail)("no")
    with pytest.raises(ValueError, match="no") as caught:
        future.result(5)
    assert "in fail" in str(caught.value.__cause__)
    assert isinstance(future.exception(), ValueError)


def test_unpicklable_argument_fails_that_task_alone(pair):
    call = pair.session.app(add)
    bad = call(threading.Lock())
    with pytest.raises(errors.SerializationError, match="argument of app add"):
        bad.result(5)
    assert call(1).result(5) == 11


def test_unpicklable_function_fails_each_call_by_name(pair):
    lock = threading.Lock()

    def hold():
        return lock

    with pytest.raises(errors.SerializationError, match="hold"):
        pair.session.app(hold)().result(5)


def test_pending_future_is_a_parent(pair):
    pair.peer.hold()
    call = pair.session.app(add)
    first = call(1, 1)
    second = call(first, b=3)
    third = call(2, b=second)
    pair.session.outbox.flush()
    pair.peer.await_frame(w.SUBMIT)
    pair.peer.let_go()
    assert third.result(5) == 7


def test_futures_in_lists_are_parents(pair):
    pair.peer.hold()
    call = pair.session.app(add)
    parts = [call(i, i) for i in range(5)]
    whole = pair.session.app(total)([*parts, 100])
    pair.peer.let_go()
    assert whole.result(5) == 120


def test_ended_future_gives_its_value(pair):
    call = pair.session.app(add)
    first = call(1, 1)
    assert first.result(5) == 2
    assert call(first, 1).result(5) == 3
    assert not any(f[1] & w.DEPENDENCIES for f in pair.peer.of(w.SUBMIT))


def test_chain_of_five_hundred_ends(pair):
    call = pair.session.app(add)
    future = call(0, 1)
    for _ in range(499):
        future = call(future, 1)
    assert future.result(20) == 500


def test_failed_parent_gives_dependency_error_with_its_cause(pair):
    pair.peer.hold()
    bad = pair.session.app(fail)()
    child = pair.session.app(add)(bad)
    pair.peer.let_go()
    with pytest.raises(errors.DependencyError) as caught:
        child.result(5)
    assert isinstance(caught.value.__cause__, ValueError)


def test_parent_that_failed_before_the_call_gives_dependency_error(pair):
    bad = pair.session.app(fail)()
    bad.exception(5)
    with pytest.raises(errors.DependencyError, match=r"fail \(task 1\)"):
        pair.session.app(add)(bad).result(5)


def test_foreign_future_is_an_argument(pair):
    foreign: cf.Future[int] = cf.Future()
    child = pair.session.app(add)(foreign, 1)
    foreign.set_result(41)
    assert child.result(5) == 42


def test_promise_ends_with_the_value_as_it_is(pair):
    promise = pair.session.promise("mine")
    child = pair.session.app(add)(promise, 1)
    assert pair.session.fulfil(promise, 2)
    assert not pair.session.fulfil(promise, 3)
    assert promise.result(5) == 2
    assert child.result(5) == 3


def test_promise_keeps_a_value_that_cannot_travel(pair):
    lock = threading.Lock()
    promise = pair.session.promise()
    pair.session.fulfil(promise, lock)
    assert promise.result(5) is lock


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


def test_query_gives_the_entries(pair):
    assert pair.session.query("account") == {"question": "account", "answer": "a\nb"}


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


def test_engine_death_ends_every_future_within_a_second(pair):
    pair.peer.hold()
    call = pair.session.app(add)
    futures = [call(i) for i in range(300)]
    failures = []

    def wait_for_it():
        try:
            futures[0].result(10)
        except errors.EngineLostError as problem:
            failures.append(problem)

    waiter = threading.Thread(target=wait_for_it)
    waiter.start()
    pair.peer.await_frame(w.SUBMIT)
    start = time.monotonic()
    pair.peer.die()
    waiter.join(5)
    assert failures and time.monotonic() - start < 1
    assert all(isinstance(f.exception(1), errors.EngineLostError) for f in futures)
    assert isinstance(call(1).exception(1), cf.BrokenExecutor)


def test_engine_death_is_told_to_callbacks(pair):
    pair.peer.hold()
    told = threading.Event()
    future = pair.session.app(add)(1)
    future.add_done_callback(lambda f: told.set())
    pair.peer.die()
    assert told.wait(5)


def test_malformed_frame_ends_the_session_by_name(pair):
    pair.peer.hold()
    future = pair.session.app(add)(1)
    pair.peer.await_frame(w.FUNCTION) if pair.session.outbox.flush() else None
    pair.peer.send(w.frame(99))
    with pytest.raises(errors.EngineLostError, match="kind 99"):
        future.result(5)


def test_acknowledgements_follow(pair):
    call = pair.session.app(add)
    for i in range(20):
        call(i).result(5)
    pair.peer.await_frame(w.ACK)
    with pair.peer.changed:
        assert pair.peer.changed.wait_for(lambda: pair.peer.acknowledged == pair.peer.sent == 20, 5)


def test_large_argument_travels_in_a_segment(pair):
    future = pair.session.app(len)(b"x" * 100_000)
    pair.session.outbox.flush()
    pair.peer.await_frame(w.SUBMIT)
    _, _flags, _, _count, _, body = pair.peer.of(w.SUBMIT)[0]
    length = int.from_bytes(body[:4], "little")
    assert length == w.SEGMENT_BIT | 16
    content = bytes(pair.session.segments.map(body[4:20]))
    assert content.endswith(b"x" * 100)
    assert future._i == 1


def test_large_result_is_mapped_and_released(pair):
    pair.peer.hold()
    future = pair.session.app(add)(1)
    pair.session.outbox.flush()
    reference = pair.session.segments.store(b"\x80\x05C\x05hello.".ljust(70_000, b"\0"))
    head = w.words([1]) + w.words([w.SEGMENT_BIT | 16])
    pair.peer.sent += 1
    pair.peer.unacknowledged.append([1])
    pair.peer.send(w.frame(w.RESULTS, w.IDS | w.LENGTHS, 0, 1, 0, head + reference))
    assert future.result(5) == b"hello"
    assert w.words([1]) == pair.peer.await_frame(w.RELEASE)[0][5]


def test_retry_handler_is_asked(pair):
    asked = []

    def handler(error, future):
        asked.append((type(error), future._i))
        return True

    pair.peer.hold()
    task_class = pair.session.make_class(add, retry=handler)
    from fonio._app import make_app

    future = make_app(task_class)(1)
    pair.session.outbox.flush()
    pair.peer.await_frame(w.SUBMIT)
    from fonio._failures import encode_error

    payload = encode_error(KeyError("k"))
    body = w.words([len(payload)]) + w.octets([w.ERROR]) + payload
    pair.peer.send(w.frame(w.ASK, w.LENGTHS | w.STATUS, 1, 1, 1, body))
    pair.session.poll()
    waiter = threading.Thread(target=lambda: future.exception(10))
    waiter.start()
    ((_, _, _, count, first, _),) = pair.peer.await_frame(w.RETRY)
    assert (count, first) == (1, 1) and asked == [(KeyError, 1)]
    pair.peer.let_go()
    waiter.join(5)
    assert future.result(5) == 11


def test_memo_keys_travel_in_the_extension(pair):
    from fonio._app import make_app

    key = bytes(range(32))
    call = make_app(pair.session.make_class(add, cache=True), memo=lambda a, k: key)
    assert call(1).result(5) == 11
    _, flags, *_, body = pair.peer.of(w.SUBMIT)[0]
    assert flags & w.EXTENSION and key in body


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_forked_child_is_refused_by_name(pair):
    call = pair.session.app(add)
    assert call(1).result(5) == 11
    pair.peer.hold()
    pending = call(1)
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        text = []
        for attempt in (lambda: call(2), lambda: pending.result(1)):
            try:
                attempt()
                text.append("worked")
            except BaseException as problem:
                text.append(type(problem).__name__)
        os.write(writable, " ".join(text).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(readable, 100) == b"ForkedClientError ForkedClientError"
    os.close(readable)
    os.close(writable)
    pair.peer.let_go()
    assert pending.result(5) == 11


def test_both_directions_full_does_not_block(pair):
    call = pair.session.app(bytes.upper)
    futures = [call(b"x" * 60_000) for _ in range(300)]
    assert all(f.result(20) == b"X" * 60_000 for f in futures)


def test_shared_object_is_the_object_in_a_task(pair):
    from fonio._shared import share

    with share(pair.session, {"weights": [1, 2, 3]}) as handle:
        assert handle.value == {"weights": [1, 2, 3]}
        call = pair.session.app(operator.getitem)
        assert call(handle, "weights").result(5) == [1, 2, 3]
        (_, _, _, _, number, body), *_ = pair.peer.of(w.SHARE)
        assert body
    pair.peer.await_frame(w.UNSHARE)
    assert pair.peer.of(w.UNSHARE)[0][4] == number


def test_parents_are_known_to_the_engine_whatever_the_threads_do(pair):
    call = pair.session.app(add)
    sums = []

    def chains():
        for _ in range(15):
            first = call(0, 1)
            last = first
            for n in range(60):
                last = call(last, 1)
                if n % 20 == 0:
                    last.done()
            sums.append(call(last, first).result(20))

    threads = [threading.Thread(target=chains) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(50)
    assert sums == [62] * 60
