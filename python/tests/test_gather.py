"""`wait` and `as_completed` in the calling thread."""

from __future__ import annotations

import concurrent.futures as cf

import pytest

from fonio._gather import as_completed, wait


def same(x):
    return x


def fail():
    raise KeyError("k")


def test_wait_for_all(pair):
    call = pair.session.app(same)
    futures = [call(i) for i in range(500)]
    done, pending = wait(futures, 10)
    assert done == set(futures) and not pending


def test_wait_ends_at_its_timeout(pair):
    pair.peer.hold()
    future = pair.session.app(same)(1)
    assert wait([future], 0.05) == (set(), {future})


def test_wait_for_the_first(pair):
    call = pair.session.app(same)
    first = call(1)
    first.result(5)
    pair.peer.hold()
    late = call(2)
    assert wait([first, late], 5, cf.FIRST_COMPLETED) == ({first}, {late})


def test_wait_for_the_first_error(pair):
    good = pair.session.app(same)(1)
    bad = pair.session.app(fail)()
    done, _ = wait([good, bad], 5, cf.FIRST_EXCEPTION)
    assert bad in done


def test_as_completed_gives_each_future_once(pair):
    call = pair.session.app(same)
    futures = [call(i) for i in range(2000)]
    assert sorted(f.result() for f in as_completed(futures + futures, 20)) == list(range(2000))


def test_as_completed_gives_what_has_ended_before_what_has_not(pair):
    call = pair.session.app(same)
    promise = pair.session.promise()
    futures = [promise, call(1), call(2)]
    ended = as_completed(futures, 10)
    assert {next(ended).result(), next(ended).result()} == {1, 2}
    pair.session.fulfil(promise, 3)
    assert next(ended).result() == 3


def test_mixed_futures_are_waited_for_too(pair):
    foreign: cf.Future[int] = cf.Future()
    own = pair.session.app(same)(1)
    foreign.set_result(2)
    assert {f.result() for f in as_completed([own, foreign], 10)} == {1, 2}
    assert wait([own, foreign], 10).done == {own, foreign}


def test_unknown_condition_is_named(pair):
    with pytest.raises(ValueError, match="sometimes"):
        wait([], return_when="sometimes")
