"""The molecules to choose from: real ones of installed packages or of the user's file, filled up with amides on demand."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import amides
import chemistry
import targets
from chemistry import Properties

Map = Callable[..., Iterator[Any]]
"""An engine's `map(function, items, *shared)`."""


@dataclass(frozen=True)
class Library:
    """Distinct molecules by their canonical SMILES, in a fixed order, with a count of the lines that were refused."""

    molecules: tuple[Properties, ...]
    lines: int
    problems: Counter[str] = field(default_factory=Counter)
    amides: int = 0


def packaged() -> list[str]:
    """Every SMILES line of the thirty assays and of RDKit's NCI file; a repeated line is kept once."""
    lines: list[str] = []
    for assay in sorted(targets.assay_folder().glob("*.csv")):
        with assay.open(newline="") as rows:
            lines += [row["smiles"] for row in csv.DictReader(rows)]
    return list(dict.fromkeys(lines + from_file(nci())))


def nci() -> Path:
    """RDKit's sample of the National Cancer Institute's compounds, where the wheel or the Debian package has it."""
    for folder in (targets.package_folder("rdkit"), Path("/usr/share/RDKit")):
        path = folder / "Data" / "NCI" / "first_5K.smi"
        if path.exists():
            return path
    raise SystemExit("This rdkit has no Data/NCI/first_5K.smi. Install rdkit from PyPI, or name a library with --smiles FILE.")


def from_file(path: Path) -> list[str]:
    """The first word of each line of a SMILES file; lines that are empty or start with # are skipped."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as problem:
        raise SystemExit(f"Cannot read the SMILES file {str(path)!r}: {problem.strerror}. Name a readable file.") from problem
    words = (line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return list(dict.fromkeys(words))


def read(lines: Sequence[str], mapped: Map) -> Library:
    """The library of these lines: described by tasks and made distinct."""
    found: dict[str, Properties] = {}
    problems: Counter[str] = Counter()
    for answer in mapped(chemistry.describe, lines):
        if isinstance(answer, Properties):
            found.setdefault(answer.smiles, answer)
        else:
            problems[answer] += 1
    return Library(tuple(found.values()), len(lines), problems)


def filled_up(library: Library, size: int, seed: int, mapped: Map) -> Library:
    """The library with as many amides of its own acids and amines as it lacks, made by tasks."""
    made = tuple(amides.made_from(library.molecules, size - len(library.molecules), seed, mapped))
    return replace(library, molecules=library.molecules + made, amides=len(made))


def sample(library: Library, size: int, seed: int) -> Library:
    """So many molecules of the library, drawn at random."""
    return replace(library, molecules=tuple(random.Random(seed).sample(library.molecules, size)))


def dockable(molecules: Iterable[Properties], heavy_atoms: tuple[int, int], most_bonds: int) -> list[Properties]:
    """The molecules that are worth docking: of a drug's size, and not so flexible that one search misses."""
    low, high = heavy_atoms
    return [m for m in molecules if low <= m.heavy_atoms <= high and m.rotatable_bonds <= most_bonds]
