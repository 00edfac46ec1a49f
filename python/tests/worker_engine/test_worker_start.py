"""Workers that cannot begin: the first task says why."""

from __future__ import annotations

import os
import time

import pytest

from fonio import errors


def test_preload_of_a_missing_module_is_named_by_the_task(start):
    engine = start(workers=2, preload=("no_such_module_here",))
    problem = engine.session.app(abs)(-1).exception(30)
    assert isinstance(problem, errors.ExecutorBroken)
    assert "no_such_module_here" in problem_text(problem)


def problem_text(problem):
    return f"{problem} {getattr(problem, 'stderr', '')}"


def test_initializer_that_raises_is_the_error_of_each_task(start):
    def prepare():
        raise LookupError("no licence")

    problem = start(initializer=prepare).session.app(abs)(-1).exception(30)
    assert isinstance(problem, errors.InitializerFailed)
    assert "no licence" in str(problem)


def test_initializer_that_ends_its_worker_breaks_the_executor(start):
    def prepare():
        os._exit(7)

    problem = start(initializer=prepare).session.app(abs)(-1).exception(30)
    assert isinstance(problem, errors.ExecutorBroken)
    assert "exit code 7" in str(problem)


def test_environment_and_modules_are_there_before_the_first_task(start):
    engine = start(workers=1, env={"FONIO_TEST_NAME": "value"}, preload=("decimal",))
    assert engine.session.app(os.getenv)("FONIO_TEST_NAME").result(20) == "value"

    def loaded(name):
        import sys

        return name in sys.modules

    assert engine.session.app(loaded)("decimal").result(20)


@pytest.mark.parametrize("placement", ["least_loaded", "round_robin", "random"])
def test_every_placement_uses_all_workers(start, placement):
    engine = start(workers=2, placement=placement)

    def pid():
        time.sleep(0.005)
        return os.getpid()

    call = engine.session.app(pid)
    assert len({f.result(30) for f in [call() for _ in range(60)]}) == 2


def test_cores_of_a_worker_are_those_of_its_policy(start):
    engine = start(workers=1, cpu_affinity="list:0")
    assert engine.session.app(os.sched_getaffinity)(0).result(20) == {0}


def test_interpreter_that_is_missing_is_named(start, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-python"))
    problem = start(workers=1).session.app(abs)(-1).exception(30)
    assert isinstance(problem, errors.ExecutorBroken)
    assert "no-python" in problem_text(problem)
