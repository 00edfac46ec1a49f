"""A task whose parents' results are together more than a frame may have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fonio import errors
from fonio._engine import Engine

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
