"""Calls of apps: what travels, and how it comes back."""

from __future__ import annotations

import operator
import threading

import pytest
from bodies import add, fail

from fonio import _wire as w
from fonio import errors
from fonio._app import make_app
from fonio._failures import encode_error
from fonio._shared import share


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


def test_both_directions_full_does_not_block(pair):
    call = pair.session.app(bytes.upper)
    futures = [call(b"x" * 60_000) for _ in range(300)]
    assert all(f.result(20) == b"X" * 60_000 for f in futures)


def test_shared_object_is_the_object_in_a_task(pair):
    with share(pair.session, {"weights": [1, 2, 3]}) as handle:
        assert handle.value == {"weights": [1, 2, 3]}
        call = pair.session.app(operator.getitem)
        assert call(handle, "weights").result(5) == [1, 2, 3]
        (_, _, _, _, number, body), *_ = pair.peer.of(w.SHARE)
        assert body
    pair.peer.await_frame(w.UNSHARE)
    assert pair.peer.of(w.UNSHARE)[0][4] == number


def test_memo_keys_travel_in_the_extension(pair):
    key = bytes(range(32))
    call = make_app(pair.session.make_class(add, cache=True), memo=lambda a, k: key)
    assert call(1).result(5) == 11
    _, flags, *_, body = pair.peer.of(w.SUBMIT)[0]
    assert flags & w.EXTENSION and key in body


def test_retry_handler_is_asked(pair):
    asked = []

    def handler(error, future):
        asked.append((type(error), future._i))
        return True

    pair.peer.hold()
    task_class = pair.session.make_class(add, retry=handler)
    future = make_app(task_class)(1)
    pair.session.outbox.flush()
    pair.peer.await_frame(w.SUBMIT)
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
