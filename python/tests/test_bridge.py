"""The bridge executor on a real engine: every task by an executor of the standard library."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from deadlines import ends, until

import fonio
from fonio import Config, errors, python_app
from fonio._java import engine_jar
from fonio.errors import EnvironmentNeeded
from fonio.executors.bridge import BridgeExecutor

POOLS = {
    "threads": "concurrent.futures:ThreadPoolExecutor",
    "processes": "concurrent.futures:ProcessPoolExecutor",
    "loky": "loky:ProcessPoolExecutor",
}
Load = Callable[..., fonio.DataFlowKernel]


def has_jar() -> bool:
    try:
        engine_jar()
    except EnvironmentNeeded:
        return False
    return True


pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(
        not has_jar() and not os.environ.get("CI"), reason="the engine's jar is not built"
    ),
]


@pytest.fixture
def load(tmp_path: Path) -> Iterator[Load]:
    """Loads an engine with one bridge; what it leaves is looked for at the end."""
    engines = []

    def begin(factory: object = POOLS["processes"], **options: object) -> fonio.DataFlowKernel:
        config = {name: options.pop(name) for name in ("initializer",) if name in options}
        options.setdefault("args", (2,))
        bridge = BridgeExecutor("bridge", factory, **options)
        engine = fonio.load(Config([bridge], run_dir=str(tmp_path / ".fonio"), **config))
        engines.append(engine)
        return engine

    yield begin
    fonio.clear()


@pytest.fixture(params=POOLS)
def pool(request: pytest.FixtureRequest, load: Load) -> fonio.DataFlowKernel:
    """An engine whose tasks run in each kind of pool."""
    pytest.importorskip(POOLS[request.param].partition(":")[0])
    return load(POOLS[request.param])


@python_app
def add(a, b):
    return a + b


@python_app
def fail(text):
    raise ValueError(text)


@python_app
def process():
    return os.getpid()


@python_app
def length(data):
    return len(data)


@python_app
def die_once(mark):
    if not os.path.exists(mark):
        open(mark, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return "lived"


@python_app
def die():
    os.kill(os.getpid(), signal.SIGKILL)


@python_app
def block(begun, released):
    open(begun, "w").close()
    end = time.monotonic() + 60
    while not os.path.exists(released):
        assert time.monotonic() < end, f"{released} in 60 s"
        time.sleep(0.005)
    return "released"


def double(x):
    return 2 * x


def divide(x):
    return 6 // x


def test_task_gives_its_value(pool):
    assert add(1, b=2).result(timeout=30) == 3


def test_exception_of_a_task_comes_back_with_its_remote_traceback(pool):
    with pytest.raises(ValueError, match="nonsense") as caught:
        fail("nonsense").result(timeout=30)
    assert "in fail" in str(caught.value.__cause__)


def test_chain_hands_values_on(pool):
    value = add(0, 1)
    for _ in range(100):
        value = add(value, 1)
    assert value.result(timeout=30) == 101


def test_task_after_a_failed_one_is_a_dependency_error(pool):
    with pytest.raises(errors.DependencyError):
        add(fail("first"), 1).result(timeout=30)


def test_thousands_of_tiny_tasks_all_come_back(pool):
    futures = [add(i, i) for i in range(5000)]
    assert [future.result(timeout=60) for future in futures] == [2 * i for i in range(5000)]


def test_map_gives_its_results_in_order(pool):
    assert list(fonio.map(double, range(3000))) == [2 * i for i in range(3000)]


def test_error_of_a_map_belongs_to_its_element(pool):
    results = fonio.map(divide, [1, 0, 2])
    assert next(results) == 6
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_large_arguments_and_results_travel_whole(pool):
    data = bytes(range(256)) * 8000
    large = add(data, data)
    assert length(large).result(timeout=30) == 2 * len(data)
    assert large.result(timeout=30) == data + data


def test_shared_object_reaches_every_worker(pool):
    with fonio.share({"words": ["a"] * 1000}) as words:
        futures = [length(words) for _ in range(50)]
        assert {future.result(timeout=30) for future in futures} == {1}


def test_large_function_reaches_every_worker(pool):
    ballast = os.urandom(200_000)

    @python_app
    def weigh(more):
        return len(ballast) + more

    futures = [weigh(i) for i in range(50)]
    assert [future.result(timeout=30) for future in futures] == [200_000 + i for i in range(50)]


def test_tasks_run_in_the_processes_of_the_pool(load):
    engine = load()
    workers = {future.result(timeout=30) for future in [process() for _ in range(200)]}
    assert os.getpid() not in workers
    assert 1 <= len(workers) <= 2
    assert engine.account().workers_lost == 0


def test_factory_may_be_any_callable(load):
    prefix = "by-hand"
    load(lambda many: ThreadPoolExecutor(many, thread_name_prefix=prefix))

    @python_app
    def name():
        import threading

        return threading.current_thread().name

    assert name().result(timeout=30).startswith("by-hand")


def test_initializer_is_called_in_each_worker_before_its_tasks(load):
    def begin():
        os.environ["BEGUN"] = "yes"

    load(initializer=begin)

    @python_app
    def begun():
        return os.environ.get("BEGUN")

    assert {future.result(timeout=30) for future in [begun() for _ in range(100)]} == {"yes"}


def test_the_process_and_its_workers_have_the_environment_that_is_named(load):
    load(env={"FONIO_TEST_PLACE": "beside it"})

    @python_app
    def place():
        return os.environ.get("FONIO_TEST_PLACE")

    assert place().result(timeout=30) == "beside it"


def test_task_whose_worker_died_runs_again(load, tmp_path):
    load()
    assert die_once(str(tmp_path / "mark")).result(timeout=40) == "lived"
    assert add(1, 1).result(timeout=30) == 2


def test_task_that_always_ends_its_worker_takes_no_other_with_it(load):
    load()
    poison = die()
    futures = [add(i, 0) for i in range(200)]
    assert [future.result(timeout=50) for future in futures] == list(range(200))
    with pytest.raises(errors.TaskPoisoned):
        poison.result(timeout=50)


def test_task_that_waits_can_be_cancelled(load, tmp_path):
    load(args=(1,))
    begun, released = str(tmp_path / "begun"), str(tmp_path / "released")
    running = block(begun, released)
    until(lambda: os.path.exists(begun), "the first task does not begin")
    waiting = [add(i, 0) for i in range(20)]
    assert waiting[-1].cancel()
    assert not running.cancel()
    open(released, "w").close()
    assert running.result(timeout=30) == "released"
    with pytest.raises(CancelledError):
        waiting[-1].result(timeout=30)
    assert [future.result(timeout=30) for future in waiting[:-1]] == list(range(19))


def test_factory_that_fails_ends_the_tasks_with_its_error(load):
    load("os:no_such_function")
    with pytest.raises(errors.FonioError, match="no_such_function"):
        add(1, 1).result(timeout=30)


def test_factory_that_gives_no_executor_is_named(load):
    load("builtins:len", args=("text",))
    with pytest.raises(errors.FonioError, match=r"returned 4 .* must return a"):
        add(1, 1).result(timeout=30)


def test_bridge_that_dies_is_started_again(load):
    load(POOLS["threads"])
    first = process().result(timeout=30)
    os.kill(first, signal.SIGKILL)
    assert ends(first)
    assert process().result(timeout=40) != first


def test_bridge_that_cannot_start_says_why(load):
    load(launch="{python} -c 'import no_such_module'")
    with pytest.raises(errors.FonioError, match="no_such_module"):
        add(1, 1).result(timeout=50)


def test_nothing_is_left_when_the_engine_ends(load):
    engine = load()
    worker = process().result(timeout=30)
    engine.cleanup()
    assert ends(worker, 10)


def test_close_is_called_with_what_the_factory_made(load, tmp_path):
    mark = tmp_path / "closed"

    def close(executor):
        mark.write_text(type(executor).__name__)

    engine = load(ProcessPoolExecutor, close=close)
    assert add(1, 1).result(timeout=30) == 2
    engine.cleanup()
    until(mark.exists, "close is not called", 10)
    assert mark.read_text() == "ProcessPoolExecutor"


def test_parameters_that_mean_nothing_are_refused_by_name():
    with pytest.raises(errors.ConfigurationError, match="factory is 'pool'"):
        BridgeExecutor("bridge", "pool")
    with pytest.raises(TypeError, match="factory must be callable"):
        BridgeExecutor("bridge", 7)
    with pytest.raises(errors.ConfigurationError, match="outstanding is 0"):
        BridgeExecutor("bridge", outstanding=0)
