"""Join apps: bodies in the client that call apps."""

from __future__ import annotations

import concurrent.futures as cf

import pytest

from fonio import errors, join_app, python_app


@python_app
def add(a, b=1):
    return a + b


@python_app
def fail():
    raise ValueError("inner")


@join_app
def fibonacci(n):
    if n < 2:
        return add(n, 0)
    return add(fibonacci(n - 1), fibonacci(n - 2))


def test_join_ends_with_the_inner_result(engine):
    assert fibonacci(9).result(40) == 34


def test_list_of_futures_gives_a_list(engine):
    @join_app
    def spread(n):
        return [add(i) for i in range(n)]

    assert add(spread(add(3))[2]).result(20) == 4
    assert spread(0).result(20) == []


def test_futures_of_other_libraries_may_be_returned(engine):
    foreign: cf.Future[int] = cf.Future()

    @join_app
    def wait():
        return foreign

    future = add(wait())
    foreign.set_result(41)
    assert future.result(20) == 42


def test_inner_failure_is_a_join_error_with_its_cause(engine):
    @join_app
    def broken():
        return [add(1), fail()]

    with pytest.raises(errors.JoinError, match="ValueError: inner") as caught:
        broken().result(20)
    assert isinstance(caught.value.__cause__, ValueError)


def test_other_return_values_are_refused(engine):
    @join_app
    def wrong():
        return 5

    with pytest.raises(TypeError, match="must return a Future"):
        wrong().result(20)


def test_body_that_raises_fails_the_join(engine):
    @join_app
    def wrong():
        raise KeyError("body")

    with pytest.raises(KeyError, match="body"):
        wrong().result(20)


def test_failed_argument_is_a_dependency_error(engine):
    with pytest.raises(errors.DependencyError):
        fibonacci(fail()).result(20)
