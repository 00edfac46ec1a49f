"""One contract for the engines that need nothing installed; the tasks are the standard library's."""

import math
import os
import signal
import time

import pytest

import engine_pool
from engines import Engine, Failure, open_engine


@pytest.fixture(scope="module", params=["serial", "pool"])
def engine(request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    with open_engine(request.param, 2) as opened:
        yield opened


def test_map_keeps_the_order_and_passes_what_is_shared(engine: Engine) -> None:
    assert list(engine.map(pow, range(1000), 2)) == [number**2 for number in range(1000)]


def test_calls_are_answered_by_key(engine: Engine) -> None:
    for number in (16, 25):
        engine.call(str(number), math.isqrt, number, limit_seconds=60)
    answers: dict[str, object] = {}
    while len(answers) < 2:
        answers.update(engine.finished())
    assert answers == {"16": 4, "25": 5}


def test_a_call_over_its_limit_is_a_time_out_and_the_next_one_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine_pool, "GRACE_SECONDS", 2.0)
    with open_engine("pool", 1) as pool:
        pool.call("endless", time.sleep, 600, limit_seconds=0.2)
        [(key, answer)] = pool.finished()
        assert key == "endless" and isinstance(answer, Failure) and answer.reason == "time-out"
        monkeypatch.setattr(engine_pool, "GRACE_SECONDS", 60.0)
        pool.call("next", os.getpid, limit_seconds=60)
        [(key, answer)] = pool.finished()
        assert key == "next" and isinstance(answer, int)


def test_an_error_of_a_task_is_a_failure_with_its_name() -> None:
    with open_engine("pool", 1) as pool:
        pool.call("wrong", math.isqrt, -1, limit_seconds=60)
        [(_, answer)] = pool.finished()
        assert isinstance(answer, Failure) and answer.reason == "error" and "ValueError" in answer.detail


def test_a_worker_leaves_no_alarm_behind() -> None:
    assert engine_pool.limited(60, math.isqrt, (9,)) == 3
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
