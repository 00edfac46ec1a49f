"""What survives an end at any moment."""

from dataclasses import replace
from pathlib import Path

import pytest

from docking import Docked, Search
from records import Records

SEARCH = Search("ABL1", 42, 20.0)
RESULT = Docked("CCO", -3.5, None, "MODEL 1\n", 7, 1.0, 2.0)


def written(path: Path, *results: Docked) -> bytes:
    records = Records(path, SEARCH, "Vina")
    for result in results:
        records.add(result)
    records.close()
    return path.read_bytes()


def test_what_was_added_is_known_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "dockings.jsonl"
    written(path, RESULT, replace(RESULT, smiles="CC", score=None, problem="search failed"))
    assert Records(path, SEARCH, "Vina").known == {
        "CCO": RESULT,
        "CC": replace(RESULT, smiles="CC", score=None, problem="search failed"),
    }


@pytest.mark.parametrize("cut", [1, 2, 10, 40])
def test_a_line_cut_short_is_dropped_and_the_next_one_is_whole(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "dockings.jsonl"
    text = written(path, RESULT, replace(RESULT, smiles="CC"))
    path.write_bytes(text[:-cut])
    assert set(Records(path, SEARCH, "Vina").known) == {"CCO"}
    written(path, replace(RESULT, smiles="CCC"))
    assert set(Records(path, SEARCH, "Vina").known) == {"CCO", "CCC"}


def test_another_search_or_program_does_not_use_it(tmp_path: Path) -> None:
    path = tmp_path / "dockings.jsonl"
    written(path, RESULT)
    assert Records(path, replace(SEARCH, seed=1), "Vina").known == {}
    assert Records(path, replace(SEARCH, target="JAK2"), "Vina").known == {}
    assert Records(path, SEARCH, "another Vina").known == {}
