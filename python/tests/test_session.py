"""A session and its engine: questions, acknowledgements, and their ends."""

from __future__ import annotations

import concurrent.futures as cf
import os
import threading
import time

import pytest
from bodies import add

from fonio import _wire as w
from fonio import errors


def test_query_gives_the_entries(pair):
    assert pair.session.query("account") == {"question": "account", "answer": "a\nb"}


def test_acknowledgements_follow(pair):
    call = pair.session.app(add)
    for i in range(20):
        call(i).result(5)
    pair.peer.await_frame(w.ACK)
    with pair.peer.changed:
        assert pair.peer.changed.wait_for(lambda: pair.peer.acknowledged == pair.peer.sent == 20, 5)


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


def test_tasks_of_an_engine_that_refuses_its_configuration_end_in_that(pair):
    pair.peer.hold()
    pair.session.why_lost = lambda reason: ("ConfigurationError", "x=1 is odd; use 2")
    call = pair.session.app(add)
    accepted = call(1)
    pair.session.outbox.flush()
    pair.peer.die()
    for future in (accepted, call(2)):
        with pytest.raises(errors.ConfigurationError, match="x=1 is odd; use 2"):
            future.result(5)
    with pytest.raises(errors.ConfigurationError, match="x=1 is odd"):
        pair.session.query("account")


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
