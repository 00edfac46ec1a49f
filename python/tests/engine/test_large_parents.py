"""A task whose parents' results are together more than a frame may have."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from deadlines import until

from fonio import errors
from fonio._engine import Engine
from fonio._future import LARGE

MEGABYTES_100 = 100 << 20
MOST_INLINE = 65_000


def block(number, size):
    return bytes([number]) * size


def sizes(*blocks):
    return [(block[0], len(block)) for block in blocks]


def test_three_results_of_100_mb_reach_a_task_by_reference(start: Callable[..., Engine]) -> None:
    session = start(workers=2).session
    make, look = session.app(block), session.app(sizes)
    parents = [make(number, MEGABYTES_100) for number in range(3)]
    child = look(*parents)
    assert child.result(120) == [(number, MEGABYTES_100) for number in range(3)]


def test_small_results_that_are_too_much_together_fail_that_task_alone(
    start: Callable[..., Engine],
) -> None:
    session = start(workers=2).session
    make, look = session.app(block), session.app(sizes)
    parents = [make(1, MOST_INLINE) for _ in range(2_200)]
    child = look(*parents)
    with pytest.raises(errors.TaskTooLarge, match="2200 parents are more than 128 MiB"):
        child.result(120)
    assert look(*parents[:2]).result(60) == [(1, MOST_INLINE)] * 2


def test_large_result_that_has_ended_unread_travels_by_reference(
    start: Callable[..., Engine],
) -> None:
    session = start(workers=2).session
    parent = session.app(block)(1, MEGABYTES_100)
    until(parent.done, "the parent has not ended", 60)
    children = [session.app(sizes)(parent), session.app(sizes)(parent, b"xy", parent)]
    session.outbox.flush()
    assert parent._s == LARGE
    assert children[0].result(60) == [(1, MEGABYTES_100)]
    assert children[1].result(60) == [(1, MEGABYTES_100), (ord("x"), 2), (1, MEGABYTES_100)]
    assert parent._s == LARGE


def test_large_result_is_an_argument_before_and_after_it_was_read_and_dropped(
    start: Callable[..., Engine],
) -> None:
    session = start(workers=2).session
    make, look = session.app(block), session.app(sizes)
    parent = make(2, MOST_INLINE * 2)
    until(parent.done, "the parent has not ended", 60)
    unread = look(parent)
    assert parent.result(60)[0] == 2
    read = look(parent)
    del parent
    assert [unread.result(60), read.result(60)] == [[(2, MOST_INLINE * 2)]] * 2


def test_large_error_that_has_ended_is_a_dependency_error(start: Callable[..., Engine]) -> None:
    session = start(workers=1).session

    def fail():
        raise ValueError("x" * MOST_INLINE * 2)

    parent = session.app(fail)()
    until(parent.done, "the parent has not ended", 60)
    with pytest.raises(errors.DependencyError):
        session.app(sizes)(parent).result(60)


def test_large_results_are_arguments_whatever_the_threads_do(start: Callable[..., Engine]) -> None:
    session = start(workers=2).session
    make, look = session.app(block), session.app(sizes)
    wrong = []

    def work(number):
        for _ in range(40):
            parent = make(number, MOST_INLINE * 2)
            until(parent.done, "the parent has not ended", 60)
            reader = threading.Thread(target=parent.result)
            reader.start()
            children = [look(parent) for _ in range(5)]
            reader.join()
            children.append(look(parent))
            wrong.extend([c for c in children if c.result(60) != [(number, MOST_INLINE * 2)]])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert wrong == [] and session.failure is None
    assert session.app(abs)(-1).result(20) == 1
