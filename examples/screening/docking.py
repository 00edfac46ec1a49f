"""One docking: a SMILES and a target in, a Vina score out. This is the task that takes seconds.

A worker process loads a receptor and computes its grid maps once (about 1.1 s and 364 MB at 20 A) and keeps them for every
ligand after that. Vina holds Python's global lock for the whole search, so no thread of the worker can interrupt it: a search
that takes too long is ended by ending the process, which is the engine's business (`engines.py`).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import chemistry
import targets
import vina_binary

EXHAUSTIVENESS = 1
"""Searches per ligand; one is quick and noisy, eight take eight times as long and rarely change the order."""


@dataclass(frozen=True)
class Search:
    """All that decides a docking beside the molecule: the same search of the same molecule gives the same score."""

    target: str
    seed: int
    box_angstrom: float
    exhaustiveness: int = EXHAUSTIVENESS


@dataclass(frozen=True)
class Program:
    """What docks: its name for the record, and the file of a binary, or None for the `vina` package within the worker."""

    name: str
    file: str | None
    scratch: str
    """The folder for a binary's files."""


@dataclass(frozen=True)
class Docked:
    """What became of one molecule: a score in kcal/mol with its pose, or the reason why there is none."""

    smiles: str
    score: float | None
    problem: str | None
    pose: str
    worker: int
    started: float
    seconds: float


def dock(smiles: str, search: Search, program: Program) -> Docked:
    """Dock one molecule; a molecule that cannot be docked is an answer too, not an error."""
    started, clock = time.time(), time.perf_counter()
    score, problem, pose = None, None, ""
    try:
        ligand = chemistry.pdbqt(chemistry.conformer(smiles, search.seed))
        score, pose = _in_process(ligand, search) if program.file is None else _by_binary(ligand, search, program)
        if score >= 0:
            score, problem = None, "search failed"
    except chemistry.Unusable as unusable:
        problem = unusable.reason
    except TypeError as refused:
        problem = f"refused by Vina: {refused}"
    seconds = time.perf_counter() - clock
    return Docked(smiles, score, problem, pose, os.getpid(), started, seconds)


def expected_seconds(heavy_atoms: int, rotatable_bonds: int) -> float:
    """A rough forecast of a docking's length, good enough to start the long ones first."""
    return 0.02 * heavy_atoms * (1 + rotatable_bonds)


def program(chosen: Path | None, scratch: Path) -> Program:
    """The docking program: the binary that was chosen, else the `vina` package, else a binary that is found."""
    if chosen is None and importlib.util.find_spec("vina"):
        from importlib.metadata import version

        return Program(f"Vina {version('vina')} in process", None, str(scratch))
    bundled = targets.package_folder("dockstring") / "resources" / "bin" / "vina_linux"
    found = str(chosen.absolute()) if chosen else shutil.which("vina")
    file = found or (str(bundled) if os.access(bundled, os.X_OK) else None)
    if file is None:
        raise SystemExit(
            "No AutoDock Vina: install the `vina` package (Python 3.9-3.12), put a vina on PATH, or name one by --vina."
        )
    return Program(f"{vina_binary.version(file)} ({file})", file, str(scratch.absolute()))


@lru_cache(maxsize=1)
def _receptor(search: Search) -> Any:
    from vina import Vina

    target = targets.find(search.target)
    vina = Vina(sf_name="vina", cpu=1, seed=search.seed, verbosity=0)
    vina.set_receptor(str(target.receptor))
    vina.compute_vina_maps(center=list(target.center), box_size=[search.box_angstrom] * 3)
    return vina


def _in_process(ligand: str, search: Search) -> tuple[float, str]:
    vina = _receptor(search)
    vina.set_ligand_from_string(ligand)
    vina.dock(exhaustiveness=search.exhaustiveness, n_poses=1)
    return float(vina.energies(n_poses=1)[0][0]), vina.poses(n_poses=1)


def _by_binary(ligand: str, search: Search, program: Program) -> tuple[float, str]:
    target = targets.find(search.target)
    assert program.file is not None
    return vina_binary.dock(
        program.file, program.scratch, ligand, target, search.seed, search.box_angstrom, search.exhaustiveness
    )
