"""The molecules to choose from: real ones of installed packages or of the user's file, filled up with amides on demand."""

from __future__ import annotations

import csv
import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
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


def digest(lines: Sequence[str], size: int | None, seed: int) -> str:
    """A name for the library these lines make."""
    head = f"{chemistry.VERSION} {size} {seed if size else 0}\n"
    return hashlib.sha256((head + "\n".join(lines)).encode()).hexdigest()[:16]


def build(lines: Sequence[str], size: int | None, seed: int, mapped: Map) -> Library:
    """The library of these lines: described by tasks, made distinct, then cut or filled up to the size asked for."""
    found: dict[str, Properties] = {}
    problems: Counter[str] = Counter()
    for answer in mapped(chemistry.describe, lines):
        if isinstance(answer, Properties):
            found.setdefault(answer.smiles, answer)
        else:
            problems[answer] += 1
    molecules = list(found.values())
    filled = 0
    if size is not None and size < len(molecules):
        molecules = random.Random(seed).sample(molecules, size)
    elif size is not None:
        for amide in amides.made_from(molecules, size - len(molecules), seed, mapped):
            molecules.append(amide)
            filled += 1
    return Library(tuple(molecules), len(lines), problems, filled)


def save(library: Library, path: Path) -> None:
    """Keep a library, so that the next start need not read its molecules again."""
    draft = path.with_suffix(".draft")
    with draft.open("w", newline="") as out:
        rows = csv.writer(out, delimiter="\t", lineterminator="\n")
        rows.writerow(
            [
                library.lines,
                library.amides,
                *(f"{name}={count}" for name, count in library.problems.items()),
            ]
        )
        rows.writerows((m.smiles, m.heavy_atoms, m.rotatable_bonds) for m in library.molecules)
    draft.replace(path)


def load(path: Path) -> Library:
    """A library that was kept."""
    with path.open(newline="") as rows:
        reader = csv.reader(rows, delimiter="\t")
        lines, filled, *counts = next(reader)
        problems = Counter({name: int(count) for name, _, count in (entry.rpartition("=") for entry in counts)})
        molecules = tuple(Properties(smiles, int(heavy), int(bonds)) for smiles, heavy, bonds in reader)
    return Library(molecules, int(lines), problems, int(filled))


def dockable(molecules: Iterable[Properties], heavy_atoms: tuple[int, int], most_bonds: int) -> list[Properties]:
    """The molecules that are worth docking: of a drug's size, and not so flexible that one search misses."""
    low, high = heavy_atoms
    return [m for m in molecules if low <= m.heavy_atoms <= high and m.rotatable_bonds <= most_bonds]
