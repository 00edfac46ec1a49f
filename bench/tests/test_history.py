"""How a run is compared with those before it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from peers import history

Figure = tuple[float, float, float]


def written(
    folder: Path, day: int, figure: Figure | None, *, quick: bool = False, relation: str = ">="
) -> None:
    """A run's file with one bar."""
    value, low, high = figure or (None, None, None)
    bar: dict[str, Any] = {"what": "map", "against": "pool", "relation": relation, "unit": "x"}
    bar |= {"measured": value, "min": low, "max": high}
    machine = {"date": f"2026-11-{day} 09:00 UTC", "commit": f"{day}abcdef0123", "changed": False}
    (folder / f"2026-11-{day}.json").write_text(
        json.dumps({"machine": machine, "quick": quick, "bars": [bar]})
    )


def word(folder: Path) -> str:
    """The last cell of the bar's row."""
    row = next(line for line in history.markdown(folder).splitlines() if line.startswith("| map"))
    return row.split("|")[-2].strip()


def test_figures_that_lie_apart_are_worse_or_better(tmp_path: Path) -> None:
    written(tmp_path, 10, (1.0, 0.9, 1.1))
    written(tmp_path, 11, (0.7, 0.6, 0.8))
    assert word(tmp_path) == "worse"
    written(tmp_path, 12, (1.5, 1.4, 1.6))
    assert word(tmp_path) == "better"


def test_less_is_better_where_the_bar_is_an_upper_one(tmp_path: Path) -> None:
    written(tmp_path, 10, (1.0, 0.9, 1.1), relation="<=")
    written(tmp_path, 11, (0.7, 0.6, 0.8), relation="<=")
    assert word(tmp_path) == "better"


def test_figures_that_overlap_are_the_same(tmp_path: Path) -> None:
    written(tmp_path, 10, (1.0, 0.9, 1.1))
    written(tmp_path, 11, (0.8, 0.7, 0.95))
    assert word(tmp_path) == "same"


def test_less_than_five_percent_is_the_same_even_without_any_spread(tmp_path: Path) -> None:
    written(tmp_path, 10, (1.0, 1.0, 1.0))
    written(tmp_path, 11, (0.96, 0.96, 0.96))
    assert word(tmp_path) == "same"
    written(tmp_path, 12, (0.9, 0.9, 0.9))
    assert word(tmp_path) == "worse"


def test_a_loss_of_a_little_in_each_run_is_seen_beside_the_best(tmp_path: Path) -> None:
    for day, value in enumerate((1.0, 0.9, 0.8, 0.7), 10):
        written(tmp_path, day, (value, value - 0.06, value + 0.06))
    assert word(tmp_path) == "worse than the best"
    assert "| 1 x [0.94-1.06] (2026-11-10 09:00 10abcdef) |" in history.markdown(tmp_path)


def test_a_run_without_the_bar_is_passed_over(tmp_path: Path) -> None:
    written(tmp_path, 10, (1.0, 0.9, 1.1))
    written(tmp_path, 11, None)
    written(tmp_path, 12, (0.7, 0.6, 0.8))
    assert word(tmp_path) == "worse"


def test_a_quick_run_is_compared_with_quick_ones_only(tmp_path: Path) -> None:
    written(tmp_path, 10, (1.0, 0.9, 1.1))
    written(tmp_path, 11, (0.7, 0.6, 0.8), quick=True)
    assert word(tmp_path) == "new"


def test_without_results_it_says_how_to_get_some(tmp_path: Path) -> None:
    assert "./fonio bench" in history.markdown(tmp_path)


def test_the_runs_that_are_kept_can_be_compared() -> None:
    kept = Path(__file__).resolve().parents[1] / "results"
    assert history.markdown(kept).count("\n| ") > 5
