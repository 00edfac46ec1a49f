"""The futures that have not ended, in pages."""

from __future__ import annotations

import random

import pytest

from fonio._future import Future
from fonio._pending import PAGE, Pending

SOME = 3 * PAGE + 5


@pytest.fixture
def pending():
    return Pending()


def filled(pending: Pending, count: int) -> list[Future]:
    """As many futures, whose places in the list are their tasks' numbers; the first is none's."""
    futures = [Future() for _ in range(count)]
    for at in range(0, count, 1000):
        pending.add(futures[at : at + 1000])
    return [None, *futures]


def test_each_future_is_found_by_its_number_and_taken_once(pending):
    futures = filled(pending, SOME)
    numbers = list(range(1, SOME + 1))
    random.Random(5).shuffle(numbers)
    assert len(pending) == SOME and set(pending) == {*futures[1:]}
    assert pending.get(PAGE) is futures[PAGE]
    at = 0
    while at < SOME:
        some = numbers[at : at + 700]
        assert pending.take(some) == [futures[n] for n in some]
        assert pending.take(some[:1]) == [None] and pending.get(some[0]) is None
        at += 700
    assert len(pending) == 0 and not pending and list(pending) == []


@pytest.mark.parametrize("count", [1, 4096, PAGE, SOME])
def test_rows_are_taken_within_a_page_and_across_pages(pending, count):
    futures = filled(pending, SOME)
    for first in range(1, SOME + 1, count):
        row = range(first, min(first + count, SOME + 1))
        assert pending.take(row) == futures[row.start : row.stop]
    assert not pending


def test_pages_go_when_all_in_them_have_ended(pending):
    filled(pending, SOME)
    pending.take(range(2, SOME - 1))
    assert len(pending._pages) == 2 and len(pending) == 3
    pending.take([1])
    assert len(pending._pages) == 1
    assert pending.get(1) is None and pending.get(SOME) is not None


def test_tasks_that_are_not_there_are_none_and_the_others_are_taken(pending):
    futures = filled(pending, 10)
    assert pending.take([4, 11, 5, 9 * PAGE]) == [futures[4], None, futures[5], None]
    assert pending.take([9 * PAGE, 1]) == [None, futures[1]]
    assert pending.take(range(9, 13)) == [futures[9], futures[10], None, None]
    assert pending.take(range(PAGE, PAGE + 2)) == [None, None]
    assert len(pending) == 5


def test_another_future_may_take_the_place_of_one_that_is_there(pending):
    filled(pending, 10)
    other = Future()
    pending.replace(3, other)
    pending.replace(11, other)
    pending.replace(5 * PAGE, other)
    assert pending.take([3, 11]) == [other, None]


def test_all_that_is_left_can_be_taken(pending):
    futures = filled(pending, SOME)
    pending.take(range(1, 100))
    assert pending.take_all() == futures[100:]
    assert not pending and pending.take_all() == []
