"""What a report shows."""

from __future__ import annotations

import json
from pathlib import Path

from peers import machine, report
from peers.bars import verdicts
from peers.results import Key, Problem, Results

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


def test_what_gave_no_number_is_said() -> None:
    assert "* pool, kill: hung" in report.markdown(measured(), [])


def test_the_file_of_a_run_holds_every_value_and_the_machine(tmp_path: Path) -> None:
    path = report.write(tmp_path, measured(), verdicts(measured()), latest=True)
    found = json.loads(path.read_text())
    row = next(row for row in found["rows"] if row["system"] == "fonio")
    assert row["values"] == [500_000.0, 600_000.0]
    assert found["machine"]["cores"] >= 1
    assert (tmp_path / "latest.md").read_text().startswith("# Fonio beside its peers")
