"""In which order systems take their turns."""

from __future__ import annotations

from peers.measure import measurements
from peers.plan import Plan, jobs

KNOWN = measurements()


def planned(
    names: tuple[str, ...], systems: tuple[str, ...], **more: bool
) -> list[tuple[object, ...]]:
    plan = Plan(
        names,
        systems,
        quick=more.get("quick", False),
        rounds=2,
        thorough=more.get("thorough", False),
    )
    return [(j.round, j.system, j.workers, j.measurements) for j in jobs(plan, KNOWN)]


def test_systems_take_turns_and_each_round_begins_with_another() -> None:
    order = [(turn, system) for turn, system, _, _ in planned(("noop", "tuple"), ("fonio", "pool"))]
    assert order == [(0, "fonio"), (0, "pool"), (1, "pool"), (1, "fonio")]


def test_measurements_of_a_warm_system_share_its_process() -> None:
    assert planned(("noop", "tuple"), ("fonio",))[0][3] == ("noop", "tuple")


def test_an_absolute_measurement_is_put_to_the_others_only_in_a_thorough_run() -> None:
    assert {j[1] for j in planned(("kill",), ("fonio", "pool"))} == {"fonio"}
    assert {j[1] for j in planned(("kill",), ("fonio", "pool"), thorough=True)} == {"fonio", "pool"}


def test_worker_counts_take_turns_within_a_round() -> None:
    counts = [workers for turn, _, workers, _ in planned(("workers",), ("fonio",)) if turn == 0]
    assert sorted(counts) == [1, 2, 4, 8]
    assert len({turn for turn, *_ in planned(("workers",), ("fonio",))}) == 7


def test_a_quick_run_has_no_more_rounds_than_asked_for() -> None:
    assert (
        max(turn for turn, *_ in planned(("workers", "start", "noop"), ("fonio",), quick=True)) == 1
    )
