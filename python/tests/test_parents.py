"""Futures as arguments of calls."""

from __future__ import annotations

import concurrent.futures as cf
import threading

import pytest
from bodies import add, fail, total

from fonio import _wire as w
from fonio import errors


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
