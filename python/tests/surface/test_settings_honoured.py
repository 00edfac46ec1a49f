"""Settings of the configuration that reach the engine, each seen by what a task does."""

from __future__ import annotations

import threading

import pytest

import fonio
from fonio import Config, DirectExecutor, bash_app, errors, join_app, python_app


@pytest.mark.parametrize("kills", [1, 2])
def test_task_that_ends_its_workers_fails_after_as_many_as_the_executor_says(home, tmp_path, kills):
    marks = tmp_path / "marks"

    @python_app
    def deadly(path):
        import os

        with open(path, "a") as file:
            file.write("x")
        os._exit(7)

    with fonio.load(Config(executors=[DirectExecutor(workers=1, kills=kills)], run_dir=home)):
        with pytest.raises(errors.FonioError):
            deadly(str(marks)).result(30)
    assert marks.read_text() == "x" * kills


def test_kills_of_the_named_executor_count(home, tmp_path):
    executors = [DirectExecutor("a", workers=1), DirectExecutor("b", workers=1, kills=1)]
    marks = tmp_path / "marks"

    @python_app(executors=["b"])
    def deadly(path):
        import os

        with open(path, "a") as file:
            file.write("x")
        os._exit(7)

    with fonio.load(Config(executors=executors, run_dir=home)):
        with pytest.raises(errors.FonioError):
            deadly(str(marks)).result(30)
    assert marks.read_text() == "x"


def test_join_bodies_run_on_as_many_threads_as_asked_for(home):
    names = set()
    met = threading.Barrier(2)

    @python_app
    def one():
        return 1

    @join_app
    def joined(wait):
        names.add(threading.current_thread().name)
        if wait:
            met.wait(20)
        return one()

    config = dict(executors=[DirectExecutor(workers=1)], run_dir=home)
    with fonio.load(Config(internal_tasks_max_threads=2, **config)):
        assert [f.result(30) for f in [joined(True), joined(True)]] == [1, 1]
    assert len(names) == 2
    names.clear()
    with fonio.load(Config(internal_tasks_max_threads=1, **config)):
        assert [f.result(30) for f in [joined(False) for _ in range(5)]] == [1] * 5
    assert len(names) == 1


def test_priority_in_the_resource_specification_decides_who_runs_first(home, tmp_path):
    order = tmp_path / "order"
    gate = tmp_path / "gate"

    @python_app
    def wait_for(path):
        import os
        import time

        end = time.monotonic() + 20
        while not os.path.exists(path) and time.monotonic() < end:
            time.sleep(0.001)

    @python_app
    def note(path, name, parsl_resource_specification=None):
        with open(path, "a") as file:
            file.write(name)

    @bash_app
    def shell(path, name, parsl_resource_specification=None):
        return f"printf {name} >> {path}"

    def rank(n):
        return {"parsl_resource_specification": {"priority": n}}

    with fonio.load(Config(executors=[DirectExecutor(workers=1)], run_dir=home)) as engine:
        note(str(tmp_path / "first"), "x").result(20)
        first = wait_for(str(gate))
        futures = [note(str(order), n, **rank(p)) for n, p in (("c", 9), ("b", 5))]
        futures += [shell(str(order), "d", **rank(20)), note(str(order), "a", **rank(-5))]
        assert futures[0].task_record["resource_specification"] == {"priority": 9}
        engine.session.outbox.flush()
        engine.account()
        gate.touch()
        for future in [first, *futures]:
            future.result(30)
    assert order.read_text() == "abcd"


@pytest.mark.parametrize(
    "given, words",
    [
        ({"cores": 2}, "'cores'.*2"),
        ({"priority": "high"}, "priority='high'"),
        ({"priority": 1 << 40}, "32 bits"),
        (7, "give a dict"),
    ],
)
def test_resource_specification_that_means_nothing_is_refused(engine, given, words):
    @python_app
    def one():
        return 1

    @bash_app
    def shell():
        return "true"

    for app in (one, shell):
        with pytest.raises(errors.InvalidResourceSpecification, match=words):
            app(parsl_resource_specification=given).result(20)
    assert one(parsl_resource_specification={}).result(20) == 1
