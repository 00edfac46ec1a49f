"""One contract for the engines; the tasks are the standard library's. Fonio takes part where it can be loaded."""

import math
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import engine_pool
from engines import Engine, Failure, open_engine

WITH_PROCESSES = ["pool", "fonio", "parsl"]
ENDLESS = (re.match, "(a+)+b", "a" * 60)
"""A call that never ends and never lets go of Python's lock, as a docking does."""


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def opened(name: str, workers: int) -> Engine:
    """The engine, or a skipped test where Fonio is not installed."""
    if name == "fonio":
        pytest.importorskip("fonio.config")
    return open_engine(name, workers)


@pytest.fixture(params=["serial", *WITH_PROCESSES])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with opened(request.param, 2) as started:
        yield started


def test_map_keeps_the_order_and_passes_what_is_shared(engine: Engine) -> None:
    assert list(engine.map(pow, range(1000), 2)) == [number**2 for number in range(1000)]


def test_calls_are_answered_by_key(engine: Engine) -> None:
    for number in (16, 25):
        engine.call(str(number), math.isqrt, number, limit_seconds=60)
    answers: dict[str, object] = {}
    while len(answers) < 2:
        answers.update(engine.finished())
    assert answers == {"16": 4, "25": 5}


@pytest.mark.parametrize("name", WITH_PROCESSES)
def test_a_call_over_its_limit_is_a_time_out_and_the_next_one_is_served(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_pool, "GRACE_SECONDS", 2.0)
    with opened(name, 1) as engine:
        engine.call("endless", *ENDLESS, limit_seconds=0.3)
        [(key, answer)] = engine.finished()
        assert key == "endless" and isinstance(answer, Failure) and answer.reason == "time-out"
        monkeypatch.setattr(engine_pool, "GRACE_SECONDS", 60.0)
        engine.call("next", os.getpid, limit_seconds=60)
        [(key, answer)] = engine.finished()
        assert key == "next" and isinstance(answer, int) and answer != os.getpid()


@pytest.mark.parametrize("name", WITH_PROCESSES)
def test_an_error_of_a_task_is_a_failure_with_its_name(name: str) -> None:
    with opened(name, 1) as engine:
        engine.call("wrong", math.isqrt, -1, limit_seconds=60)
        [(_, answer)] = engine.finished()
        assert isinstance(answer, Failure) and answer.reason == "error" and "ValueError" in answer.detail


def test_fonio_tells_a_lost_worker_from_a_time_out() -> None:
    with opened("fonio", 1) as engine:
        engine.call("dies", os._exit, 3, limit_seconds=60)
        [(_, answer)] = engine.finished()
        assert isinstance(answer, Failure) and answer.reason == "worker lost"


def test_a_worker_leaves_no_alarm_behind() -> None:
    assert engine_pool.limited(60, math.isqrt, (9,)) == 3
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_parsl_that_is_not_installed_is_named_with_the_command_that_installs_it() -> None:
    hidden = "import sys; sys.modules['parsl'] = None; import engines; engines.open_engine('parsl', 1)"
    done = subprocess.run(
        [sys.executable, "-c", hidden], cwd=Path(engine_pool.__file__).parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
    assert f"{sys.executable} -m pip install --no-deps -r " in done.stderr
    assert Path(done.stderr.split()[-1]).is_file()
