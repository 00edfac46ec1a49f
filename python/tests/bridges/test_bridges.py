"""Tasks in Dask, Ray and MPI, for real."""

from __future__ import annotations

import os

import pytest

import fonio
from fonio import errors, python_app

pytestmark = [pytest.mark.engine, pytest.mark.timeout(180)]
FIRST_S = 120
"""How long one of them may take to start."""


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


def double(x):
    return 2 * x


def test_task_gives_its_value(bridged):
    assert add(1, b=2).result(timeout=FIRST_S) == 3


def test_exception_of_a_task_comes_back_with_its_remote_traceback(bridged):
    with pytest.raises(ValueError, match="nonsense") as caught:
        fail("nonsense").result(timeout=FIRST_S)
    assert "in fail" in str(caught.value.__cause__)


def test_task_after_a_failed_one_is_a_dependency_error(bridged):
    with pytest.raises(errors.DependencyError):
        add(fail("first"), 1).result(timeout=FIRST_S)


def test_chain_hands_values_on(bridged):
    value = add(0, 1)
    for _ in range(50):
        value = add(value, 1)
    assert value.result(timeout=FIRST_S) == 51


def test_thousands_of_tiny_tasks_all_come_back(bridged):
    futures = [add(i, i) for i in range(5000)]
    assert [future.result(timeout=FIRST_S) for future in futures] == [2 * i for i in range(5000)]


def test_tasks_run_in_two_workers(bridged):
    @python_app
    def rest():
        import time

        time.sleep(0.05)
        return os.getpid()

    workers = {future.result(timeout=FIRST_S) for future in [rest() for _ in range(40)]}
    assert len(workers) == 2
    assert os.getpid() not in workers


def test_map_gives_its_results_in_order(bridged):
    assert list(fonio.map(double, range(3000))) == [2 * i for i in range(3000)]


def test_large_arguments_and_results_travel_whole(bridged):
    data = bytes(range(256)) * 8000
    assert add(data, data).result(timeout=FIRST_S) == data + data


def test_shared_object_reaches_every_worker(bridged):
    with fonio.share(["a"] * 1000) as words:
        futures = [length(words) for _ in range(50)]
        assert {future.result(timeout=FIRST_S) for future in futures} == {1000}


def test_large_function_reaches_every_worker(bridged):
    ballast = os.urandom(200_000)

    @python_app
    def weigh(more):
        return len(ballast) + more

    futures = [weigh(i) for i in range(50)]
    assert [f.result(timeout=FIRST_S) for f in futures] == [200_000 + i for i in range(50)]
