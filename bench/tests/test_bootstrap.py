"""The interval of a statistic."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from peers.bootstrap import interval
from peers.results import Interval

SEEN = [10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 96.0]


def middle(drawn: Sequence[int]) -> float:
    return median(SEEN[turn] for turn in drawn)


def test_the_interval_of_a_median_leaves_the_outlier_out() -> None:
    assert interval(range(len(SEEN)), middle) == Interval(11.0, 15.0)


def test_a_single_round_is_its_own_interval() -> None:
    assert interval([3], middle) == Interval(13.0, 13.0)
