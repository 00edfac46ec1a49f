"""Orders whose worth is known."""

import pytest

import enrichment


def test_a_perfect_order_has_an_area_of_one_and_a_reversed_one_of_zero() -> None:
    assert enrichment.area([(-3.0, True), (-2.0, True), (-1.0, False)]) == 1.0
    assert enrichment.area([(-1.0, True), (-2.0, False)]) == 0.0


def test_equal_scores_are_worth_half() -> None:
    assert enrichment.area([(1.0, True), (1.0, False)]) == 0.5


def test_without_both_kinds_there_is_no_area() -> None:
    assert enrichment.area([(1.0, True)]) is None
    assert enrichment.area([(1.0, False)]) is None


def test_of_equal_scores_the_inactive_come_first_so_that_ties_flatter_nobody() -> None:
    assert enrichment.ordered([(1.0, True), (1.0, False)]) == [False, True]


def test_the_curve_ends_with_everything_found() -> None:
    assert enrichment.curve([True, False, False, True]) == [
        (0.0, 0.0),
        (0.25, 0.5),
        (0.5, 0.5),
        (0.75, 0.5),
        (1.0, 1.0),
    ]


def test_the_factor_compares_the_first_share_with_a_random_one() -> None:
    assert enrichment.factor([True] * 5 + [False] * 95, 0.05) == pytest.approx(20.0)
    assert enrichment.factor([False] * 10, 0.1) is None
