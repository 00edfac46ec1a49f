"""The shelf: libraries that were read before, kept as tables in the user's cache folder for every later screening.

A library's name is a digest of all that decides it. A table is written beside its place and then renamed; one that is not whole
is not taken, and a folder that cannot be written only costs the time to read the molecules again.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import chemistry
from chemistry import Properties
from library import Library, Map, filled_up, read, sample

RULES = 1
"""To be raised when the rules for reading or joining molecules change, so that no older table is taken."""


def library(lines: Sequence[str], size: int | None, seed: int, mapped: Map, tell: Callable[[str], None]) -> Library:
    """The library of these lines, cut or filled up to the size asked for; from the shelf, or made by tasks and put there."""
    head = f"{RULES} {chemistry.VERSION}\n"
    name = hashlib.sha256((head + "\n".join(lines)).encode()).hexdigest()[:16]

    def read_all() -> Library:
        tell(f"reading {len(lines):,} SMILES")
        return read(lines, mapped)

    whole = _taken(f"library-{name}", read_all, tell)
    if size is None or size == len(whole.molecules) or not whole.molecules:
        return whole
    if size < len(whole.molecules):
        return sample(whole, size, seed)

    def fill() -> Library:
        tell(f"joining acids and amines to {size - len(whole.molecules):,} amides")
        return filled_up(whole, size, seed, mapped)

    return _taken(f"library-{name}-{size}-seed{seed}", fill, tell)


def folder() -> Path:
    """The folder of the shelf."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fonio" / "screening"


def _taken(name: str, make: Callable[[], Library], tell: Callable[[str], None]) -> Library:
    path = folder() / f"{name}.tsv"
    if (found := load(path)) is not None:
        return found
    made = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save(made, path)
    except OSError as problem:
        tell(f"the library is not kept for the next time: cannot write {path}: {problem.strerror}; set XDG_CACHE_HOME")
    return made


def save(library: Library, path: Path) -> None:
    """Put a library on the shelf."""
    draft = path.with_suffix(f".{os.getpid()}")
    with draft.open("w", newline="") as out:
        rows = csv.writer(out, delimiter="\t", lineterminator="\n")
        counts = (f"{name}={count}" for name, count in library.problems.items())
        rows.writerow([len(library.molecules), library.lines, library.amides, *counts])
        rows.writerows((m.smiles, m.heavy_atoms, m.rotatable_bonds) for m in library.molecules)
    draft.replace(path)


def load(path: Path) -> Library | None:
    """A library from the shelf; None where there is none, or not the whole of it."""
    try:
        with path.open(newline="") as rows:
            reader = csv.reader(rows, delimiter="\t")
            size, lines, amides, *counts = next(reader)
            problems = Counter({name: int(count) for name, _, count in (entry.rpartition("=") for entry in counts)})
            molecules = tuple(Properties(smiles, int(heavy), int(bonds)) for smiles, heavy, bonds in reader)
            return Library(molecules, int(lines), problems, int(amides)) if len(molecules) == int(size) else None
    except (OSError, ValueError, StopIteration, csv.Error):
        return None
