"""Python apps: calls, options, futures as arguments, lifted results."""

from __future__ import annotations

import asyncio
import concurrent.futures as cf
import os
import time
from types import SimpleNamespace

import pytest

import fonio
from fonio import Config, DirectExecutor, ThreadPoolExecutor, errors, python_app


@python_app
def add(a, b=1):
    return a + b


@python_app
def total(inputs=()):
    return sum(inputs)


@python_app
def fail(text):
    raise ValueError(text)


@python_app
def point():
    return SimpleNamespace(x=[1, 2], y=5)


@python_app
def pair():
    return 1, 2


def test_call_gives_a_future_with_the_result(engine):
    future = add(1, b=2)
    assert isinstance(future, cf.Future)
    assert future.result(20) == 3
    assert future.done() and not future.cancelled() and future.exception() is None


def test_futures_are_arguments_at_top_level_in_lists_and_in_inputs(engine):
    assert add(add(1), b=add(2)).result(20) == 5
    assert total(inputs=[add(i) for i in range(10)]).result(20) == 55
    assert total([add(1), 5]).result(20) == 7


def test_app_made_before_load_works_with_each_engine_that_is_loaded(home):
    for _ in range(2):
        with fonio.load(Config(executors=[DirectExecutor(workers=1)], run_dir=home)):
            assert add(1).result(20) == 2
        with pytest.raises(errors.NoDataFlowKernelError, match="add"):
            add(1)


def test_second_load_is_refused(engine, home):
    with pytest.raises(errors.ConfigurationError, match="already been loaded"):
        fonio.load(Config(run_dir=home))


def test_item_and_attribute_of_a_future_are_futures(engine):
    assert pair()[1].result(20) == 2
    assert add(point().x[1], point().y).result(20) == 7


def test_error_is_the_tasks_own_and_names_the_remote_line(engine):
    future = fail("no such thing")
    with pytest.raises(ValueError, match="no such thing") as caught:
        future.result(20)
    assert "raise ValueError(text)" in str(caught.value.__cause__)
    assert future.task_status() == "failed"


def test_failed_dependency_names_the_chain(engine):
    future = add(add(fail("root")))
    with pytest.raises(errors.DependencyError, match="fail"):
        future.result(20)
    assert future.task_status() == "dep_fail"


def test_record_of_a_task_knows_its_name_state_and_number(engine):
    future = add(1)
    assert future.result(20) == 2
    record = future.task_record
    assert record["id"] == future.tid > 0
    assert record["func_name"] == "add" and record["status"] == "exec_done"
    assert future.outputs == [] and future.stdout is None


def test_with_options_makes_another_app(engine, tmp_path):
    def flaky(path):
        with open(path, "a") as file:
            file.write("x")
        if os.path.getsize(path) < 3:
            raise OSError("again")
        return "done"

    app = python_app(flaky)
    assert app.with_options(retries=2)(str(tmp_path / "a")).result(20) == "done"
    with pytest.raises(OSError):
        app(str(tmp_path / "b")).result(20)


def test_unknown_option_is_named():
    with pytest.raises(TypeError, match="retires"):
        add.with_options(retires=2)
    with pytest.raises(TypeError, match=r"retries.*'two'"):
        add.with_options(retries="two")


def test_resources_of_an_app_are_refused_where_they_are_given():
    with pytest.raises(errors.UnsupportedFeatureError, match=r"resources=\{.cores.: 2\}.*leave it"):
        python_app(resources={"cores": 2})
    with pytest.raises(errors.UnsupportedFeatureError, match="resources=4"):
        add.with_options(resources=4)
    assert add.with_options(resources=None) is not None


def test_walltime_ends_a_task_that_is_too_long(engine):
    app = python_app(time.sleep)
    with pytest.raises(errors.AppTimeout):
        app(60, walltime=0.3).result(30)
    assert app(0, walltime=20).result(20) is None


def test_walltime_reaches_a_body_that_names_it(engine):
    @python_app
    def told(walltime=7):
        return walltime

    assert told().result(20) == 7


def test_executors_are_chosen_by_label(home):
    threads = ThreadPoolExecutor(label="here", max_threads=1)
    config = Config(executors=[DirectExecutor(label="there", workers=1), threads], run_dir=home)
    with fonio.load(config):
        here = python_app(os.getpid, executors=["here"])
        there = python_app(os.getpid, executors=["there"])
        assert here().result(20) == os.getpid() != there().result(20)
        assert add.with_options(executors=["here"])(add(1), b=there()).result(20)
        with pytest.raises(errors.ConfigurationError, match=r"'nowhere'.*here"):
            python_app(os.getpid, executors=["nowhere"])()


def test_thread_tasks_fail_retry_and_depend_like_others(home):
    calls = []

    def flaky():
        calls.append(1)
        if len(calls) < 3:
            raise OSError("again")
        return 1

    config = Config(executors=[ThreadPoolExecutor()], retries=2, run_dir=home)
    with fonio.load(config):
        assert add(python_app(flaky)()).result(20) == 2
        with pytest.raises(errors.DependencyError):
            add(fail("x")).result(20)


def test_retry_handler_says_what_a_failure_costs(home):
    seen = []

    def cost(error, record):
        seen.append((type(error), record["func_name"]))
        return 0.5

    config = Config(
        executors=[DirectExecutor(workers=1)], retries=1, retry_handler=cost, run_dir=home
    )
    with fonio.load(config):
        future = fail("x")
        with pytest.raises(ValueError):
            future.result(20)
        assert seen == [(ValueError, "fail")] * 3
        assert future.task_record["fail_cost"] == 1.5


def test_deep_futures_are_found_where_asked(home):
    from fonio.dependency_resolvers import DEEP_DEPENDENCY_RESOLVER

    @python_app
    def look(tree):
        return tree["a"][0] + tree["b"][0]

    config = Config(
        executors=[DirectExecutor(workers=1)],
        dependency_resolver=DEEP_DEPENDENCY_RESOLVER,
        run_dir=home,
    )
    with fonio.load(config):
        assert look({"a": [add(1)], "b": (add(2),)}).result(20) == 5
        assert add(add(1)).result(20) == 3
        with pytest.raises(errors.DependencyError):
            look({"a": [fail("x")], "b": (1,)}).result(20)


def test_futures_can_be_awaited(engine):
    async def both():
        return await add(1), await asyncio.wrap_future(add(2))

    assert asyncio.run(both()) == (2, 3)


def test_exit_mode_wait_waits_for_what_was_submitted(home, tmp_path):
    mark = tmp_path / "mark"

    @python_app
    def later(path):
        time.sleep(0.3)
        open(path, "w").close()

    config = Config(executors=[DirectExecutor(workers=1)], exit_mode="wait", run_dir=home)
    with fonio.load(config) as engine:
        later(str(mark))
    assert mark.exists() and engine.account().succeeded == 1


def test_account_counts_tasks(engine):
    [f.result(20) for f in [add(i) for i in range(100)]]
    with pytest.raises(ValueError):
        fail("x").result(20)
    account = engine.account()
    assert (account.tasks, account.succeeded, account.failed) == (101, 100, 1)
    assert engine.task_count == 101 and account.workers == 2
    assert 0 <= account.efficiency <= 1 and account.overhead_per_task_us > 0


def test_wait_for_current_tasks_waits(engine):
    futures = [add(i) for i in range(1000)]
    fonio.wait_for_current_tasks()
    assert all([f._s for f in futures]) and engine.tasks == {}


def test_explain_says_what_became_of_a_task(engine):
    good, bad = add(1), fail("broken")
    cf.wait([good, bad], 20)
    assert fonio.explain(good) == f"add (task {good.tid}) ended well; its result is a int"
    assert "ValueError: broken" in fonio.explain(bad)


def test_app_is_refused_inside_a_worker(engine):
    @python_app
    def outer():
        return add(1)

    with pytest.raises(errors.NestedUseError, match="join_app"):
        outer().result(20)


def test_redefined_function_is_a_new_function(engine):
    def make(value):
        @python_app
        def cell():
            return value

        return cell

    assert [make(i)().result(20) for i in range(3)] == [0, 1, 2]


def test_methods_are_apps_too(engine):
    class Thing:
        def __init__(self, value):
            self.value = value

        @python_app
        def plus(self, other):
            return self.value + other

    assert Thing(4).plus(3).result(20) == 7


def test_map_takes_apps_and_functions(engine):
    assert list(fonio.map(add, range(1000))) == list(range(1, 1001))
    assert list(add.map(range(3), range(3))) == [0, 2, 4]
    assert sorted(fonio.map(abs, range(-500, 0), unordered=True)) == list(range(1, 501))


def test_shared_objects_are_arguments(engine):
    handle = fonio.share({"k": 5})

    @python_app
    def look(table, key):
        return table[key]

    assert look(handle, "k").result(20) == 5


def test_prints_come_back_with_the_workers_name(engine, capfd):
    @python_app
    def say():
        print("a word")

    say().result(20)
    fonio.clear()
    assert "[worker " in capfd.readouterr().out
