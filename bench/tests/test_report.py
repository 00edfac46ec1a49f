"""What a report shows."""

from __future__ import annotations

import json
from pathlib import Path

from peers import machine, report
from peers.bars import verdicts
from peers.results import Interval, Key, Problem, Results

ROOT = Path(__file__).resolve().parents[2]


def measured() -> Results:
    results = Results(machine.describe(ROOT), quick=True)
    for turn, (own, pool) in enumerate([(500_000.0, 40_000.0), (600_000.0, 42_000.0)]):
        results.add(Key("tuple", "rate", "fonio"), turn, own)
        results.add(Key("tuple", "rate", "pool"), turn, pool)
    results.problem(Problem("pool", "kill", "hung"))
    results.finish("0.10 0.10 0.10", 12.0)
    return results


def test_a_bar_is_a_row_with_its_ratio_spread_and_verdict() -> None:
    text = report.markdown(measured(), verdicts(measured()))
    row = "| f(i, i+1) -> tuple | pool | >= 10.0 x | 18.0 | 13.4 x [12.5-14.3] | holds |"
    assert row in text.splitlines()


def test_a_run_on_a_busy_machine_says_so() -> None:
    results = measured()
    results.machine = {**results.machine, "cores": 2, "load_before": "0.70 0.10 0.10"}
    assert "The machine was not quiet" in report.markdown(results, [])
    results.machine = {**results.machine, "load_before": "0.50 3.00 3.00"}
    assert "The machine was not quiet" not in report.markdown(results, [])


def test_a_value_with_an_interval_shows_it_and_rows_stand_in_the_order_of_their_description() -> (
    None
):
    results = measured()
    for number in ("95_us", "us"):
        key = Key("taskbench", f"stencil2_{number}", "openmp")
        results.add_with_interval(key, 3.0, Interval(2.5, 4.0))
    rows = [line for line in report.markdown(results, []).splitlines() if "stencil" in line]
    assert rows == [
        "| stencil, width 2: METG(50 %), us | 3 [2.5-4] |",
        "| stencil, width 2: METG(95 %), us | 3 [2.5-4] |",
    ]


def test_what_gave_no_number_is_said() -> None:
    assert "* pool, kill: hung" in report.markdown(measured(), [])


def test_the_file_of_a_run_holds_every_value_and_the_machine(tmp_path: Path) -> None:
    path = report.write(tmp_path, measured(), verdicts(measured()), latest=True)
    found = json.loads(path.read_text())
    row = next(row for row in found["rows"] if row["system"] == "fonio")
    assert row["values"] == [500_000.0, 600_000.0]
    assert found["machine"]["cores"] >= 1
    assert (tmp_path / "latest.md").read_text().startswith("# Fonio beside its peers")
