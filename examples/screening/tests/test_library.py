"""Libraries: what they refuse, how they are filled up, and what is kept of them for the next time."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import library
import shelf

ASPIRIN, SAME = "CC(=O)Oc1ccccc1C(=O)O", "OC(=O)c1ccccc1OC(C)=O"
REAGENTS = ["OC(=O)c1ccccc1", "OC(=O)CC", "NCc1ccccc1", "NCCC"]


class Counted:
    """A map that counts its items."""

    def __init__(self) -> None:
        self.items = 0
        self.told: list[str] = []

    def __call__(self, function: Any, items: Sequence[Any]) -> Iterator[Any]:
        for item in items:
            self.items += 1
            yield function(item)

    def library(self, size: int | None, seed: int = 1) -> library.Library:
        return shelf.library(REAGENTS, size, seed, self, self.told.append)


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_a_library_counts_what_it_refuses_and_keeps_each_molecule_once() -> None:
    read = library.read([ASPIRIN, "CCN.Cl", SAME, "nonsense"], map)
    assert [m.smiles for m in read.molecules] == [ASPIRIN]
    assert read.problems == {"salt or mixture": 1, "unreadable SMILES": 1}


def test_a_library_is_filled_up_with_distinct_amides_and_says_when_it_cannot() -> None:
    read = library.read(REAGENTS, map)
    filled = library.filled_up(read, 8, 1, map)
    assert filled.amides == 4 and len({m.smiles for m in filled.molecules}) == 8
    assert library.filled_up(read, 8, 1, map) == filled
    with pytest.raises(SystemExit, match="largest library is 8"):
        library.filled_up(read, 9, 1, map)


def test_a_library_on_the_shelf_is_not_made_again() -> None:
    first, second = Counted(), Counted()
    made = first.library(7)
    assert first.items > 0 and "reading 4 SMILES" in first.told
    assert second.library(7) == made
    assert (second.items, second.told) == (0, [])


def test_another_size_reads_no_molecule_again_and_another_seed_joins_others() -> None:
    Counted().library(None)
    more = Counted()
    sizes = {size: more.library(size) for size in (3, 5, 6)}
    assert [(len(each.molecules), each.amides) for each in sizes.values()] == [(3, 0), (5, 1), (6, 2)]
    assert not any(words.startswith("reading") for words in more.told)
    assert len({Counted().library(5, seed).molecules for seed in range(8)}) > 1


def test_a_table_that_was_cut_short_is_made_again() -> None:
    made = Counted().library(None)
    [path] = shelf.folder().iterdir()
    for cut in (3, 30, len(path.read_bytes())):
        path.write_bytes(path.read_bytes()[:-cut])
        again = Counted()
        assert again.library(None) == made
        assert again.items == 4


def test_a_shelf_that_cannot_be_written_is_told_and_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    once = Counted()
    assert len(once.library(None).molecules) == 4
    assert any("set XDG_CACHE_HOME" in words for words in once.told)
