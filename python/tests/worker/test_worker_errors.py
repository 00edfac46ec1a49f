"""What a worker makes of everything that can go wrong in a task."""

from __future__ import annotations

import sys
import types

import cloudpickle
import pytest

from fonio import _wire as w
from fonio import errors


def test_exception_comes_with_its_type_and_the_tasks_own_traceback(worker):
    def outer():
        def inner():
            raise KeyError("missing")

        inner()

    error = worker.result(outer).error
    assert isinstance(error, KeyError) and error.args == ("missing",)
    text = str(error.__cause__)
    assert "in outer" in text and "in inner" in text and "KeyError" in text
    assert "_worker_tasks" not in text


def test_cause_of_an_exception_is_in_its_text(worker):
    def chained():
        try:
            raise ValueError("first")
        except ValueError as problem:
            raise RuntimeError("second") from problem

    error = worker.result(chained).error
    assert isinstance(error, RuntimeError) and "ValueError: first" in str(error.__cause__)


def test_exception_that_cannot_be_pickled_is_named(worker):
    def bad():
        class Odd(Exception):
            def __reduce__(self):
                raise TypeError("no")

        raise Odd("what happened")

    error = worker.result(bad).error
    assert isinstance(error, errors.RemoteError)
    assert error.type_name.endswith("Odd") and error.text == "what happened"


def test_exception_that_cannot_be_unpickled_is_named(worker):
    def bad():
        class Two(Exception):
            def __init__(self, one, two):
                super().__init__(f"{one} and {two}")

        raise Two(1, 2)

    error = worker.result(bad).error
    assert isinstance(error, errors.RemoteError) and error.text == "1 and 2"


def test_result_that_cannot_be_pickled_names_type_and_app(worker):
    number = worker.define(lambda x: (y for y in x) if x else 5, name="lister")
    bad, good = worker.results(worker.call(number, ([1],), ([],)))
    assert isinstance(bad.error, errors.SerializationError)
    assert "lister" in str(bad.error) and "generator" in str(bad.error)
    assert good.value == 5


def test_large_exception_goes_by_a_segment(worker):
    def bad():
        raise ValueError("e" * 200_000)

    assert worker.result(bad).error.args == ("e" * 200_000,)


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_exit_and_interrupt_are_errors_of_the_task(ring_worker, kind):
    def leave():
        raise kind(3)

    assert type(ring_worker.result(leave).error) is kind
    assert ring_worker.run(lambda: "alive") == "alive"


def test_function_that_does_not_load_fails_each_of_its_tasks(worker):
    module = types.ModuleType("fonio_missing_module")
    exec("def work(): pass", module.__dict__)
    sys.modules[module.__name__] = module
    try:
        code = cloudpickle.dumps(module.work)
    finally:
        del sys.modules[module.__name__]
    number = worker.define(code, name="work")
    for result in worker.results(worker.call(number, (), (), ())):
        assert isinstance(result.error, errors.DeserializationError)
        assert "work" in str(result.error) and "fonio_missing_module" in str(result.error)
    assert worker.run(lambda: 1) == 1


def test_argument_that_does_not_load_fails_its_task(worker):
    number = worker.define(lambda x: x, name="same")
    broken = b"\x80\x05cfonio_missing_module\nthing\n."
    bad, good = worker.results(worker.raw(number, [broken, b"(\x01\x00\x00\x00N"]))
    assert isinstance(bad.error, ModuleNotFoundError)
    assert good.value is None


def test_lost_segment_of_an_argument_fails_its_task(worker):
    number = worker.define(len)
    body = w.words([16 | w.SEGMENT_BIT]) + w.REFERENCE.pack(1234, 70_000)
    worker.send(w.frame(w.TASKS, w.LENGTHS, number, 1, 1, body))
    (result,) = worker.results(range(1, 2))
    assert isinstance(result.error, errors.DeserializationError) and "70,000" in str(result.error)


def test_deep_recursion_is_an_error_of_the_task(worker):
    def down(n):
        return down(n + 1)

    assert isinstance(worker.result(down, 0).error, RecursionError)


def test_nested_use_is_refused_by_name(worker, tmp_path):
    def nested(home):
        from pathlib import Path

        from fonio._engine import Engine
        from fonio._settings import Settings

        Engine(Settings(home=Path(home)))

    error = worker.result(nested, str(tmp_path)).error
    assert isinstance(error, errors.NestedUseError)
    assert not list(tmp_path.glob("runs"))


def test_failed_initializer_breaks_every_task(start):
    def refuse():
        raise OSError("no licence")

    worker = start(welcome={"initializer": 1})
    worker.function(0, "refuse", cloudpickle.dumps(refuse))
    number = worker.define(lambda: 1)
    for result in worker.results(worker.call(number, (), ())):
        assert isinstance(result.error, errors.InitializerFailed)
        assert "OSError: no licence" in str(result.error)


def test_initializer_runs_once_before_the_first_task(start):
    def prepare():
        import builtins

        builtins.prepared = getattr(builtins, "prepared", 0) + 1

    def look():
        import builtins

        return builtins.prepared

    worker = start(welcome={"initializer": 1})
    worker.function(0, "prepare", cloudpickle.dumps(prepare))
    number = worker.define(look)
    assert worker.values(worker.call(number, (), (), ())) == [1, 1, 1]
