"""How a bar is judged."""

from __future__ import annotations

from peers.bars import BARS, Bar, verdicts
from peers.results import Interval, Key, Results

FASTER = next(bar for bar in BARS if bar.measure == ("tuple", "rate") and bar.against == ("pool",))


def judged(own: list[float], peer: list[float], bar: Bar = FASTER) -> str:
    results = Results({}, quick=False)
    for system, values in (("fonio", own), (bar.against[0], peer)):
        for turn, value in enumerate(values):
            results.add(Key(*bar.measure, system, bar.workers), turn, value)
    return next(v.word for v in verdicts(results) if v.bar is bar)


def test_a_bar_holds_when_every_round_holds_it() -> None:
    assert judged([1200, 1500, 1100], [100, 100, 100]) == "holds"


def test_the_aim_is_reached_when_the_median_is_over_it_too() -> None:
    assert judged([1900, 1900, 1100], [100, 100, 100]) == "aim reached"


def test_a_bar_that_no_round_holds_is_missed() -> None:
    assert judged([900, 800], [100, 100]) == "MISSED"


def test_rounds_that_disagree_are_inconclusive() -> None:
    assert judged([900, 1100], [100, 100]) == "inconclusive"


def test_a_ratio_is_taken_within_each_round() -> None:
    assert judged([500, 1500], [40, 120]) == "holds"


def test_without_the_same_rounds_the_extremes_decide() -> None:
    assert judged([1500, 1600], [100]) == "holds"
    assert judged([1500, 1600], [100, 120, 160]) == "inconclusive"


def test_what_was_not_measured_has_no_verdict() -> None:
    assert judged([900], []) == "not measured"
    assert judged([], [100]) == "not measured"


def test_the_best_peer_is_the_one_to_beat() -> None:
    tree = next(bar for bar in BARS if bar.measure == ("tree", "rate"))
    results = Results({}, quick=False)
    for system, rate in (("fonio", 300_000.0), ("parsl", 800.0), ("ray-actors", 5_000.0)):
        results.add(Key("tree", "rate", system), 0, rate)
    verdict = next(v for v in verdicts(results) if v.bar is tree)
    assert (verdict.against, verdict.value) == ("ray-actors", 60.0)


def test_a_measurement_that_was_not_asked_for_has_no_line() -> None:
    assert verdicts(Results({}, quick=False)) == []


def with_workers(**rates: list[float]) -> list[tuple[float | None, str]]:
    results = Results({}, quick=False)
    for workers, values in rates.items():
        for turn, rate in enumerate(values):
            results.add(Key("workers", "rate", "fonio", int(workers[1:])), turn, rate)
    return [(v.value, v.word) for v in verdicts(results)]


def test_the_least_number_of_workers_is_compared_with_the_best() -> None:
    assert with_workers(w1=[90], w2=[100], w4=[80], w8=[70]) == [(0.7, "MISSED")]
    assert with_workers(w1=[90], w2=[100], w4=[80], w8=[85]) == [(0.8, "holds")]


def test_the_medians_of_worker_counts_are_compared_so_that_one_bad_round_is_harmless() -> None:
    calm = [100.0] * 7
    assert with_workers(w1=calm, w2=calm, w4=calm, w8=[95.0] * 6 + [10.0]) == [
        (0.95, "aim reached")
    ]


def test_worker_counts_whose_rounds_scatter_over_the_bar_are_inconclusive() -> None:
    calm = [100.0] * 7
    scattered = [60.0, 65.0, 70.0, 78.0, 80.0, 85.0, 90.0]
    assert with_workers(w1=calm, w2=calm, w4=calm, w8=scattered) == [(0.78, "inconclusive")]


def test_without_one_of_the_worker_counts_there_is_no_comparison() -> None:
    assert with_workers(w1=[100.0], w2=[100.0]) == []


METG = next(bar for bar in BARS if bar.measure == ("taskbench", "stencil2_against_openmp"))


def judged_by_interval(value: float, low: float, high: float) -> str:
    results = Results({}, quick=False)
    results.add_with_interval(Key(*METG.measure, METG.system), value, Interval(low, high))
    return next(v.word for v in verdicts(results) if v.bar is METG)


def test_a_value_with_an_interval_is_judged_by_both_ends_of_it() -> None:
    assert judged_by_interval(0.9, 0.8, 0.95) == "holds"
    assert judged_by_interval(0.19, 0.1, 0.95) == "aim reached"
    assert judged_by_interval(0.9, 0.8, 1.1) == "inconclusive"
    assert judged_by_interval(1.5, 1.2, 1.9) == "MISSED"
