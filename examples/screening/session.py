"""From options to files: opens library, engine and records, runs the screening between them, and writes what came out."""

from __future__ import annotations

import argparse
import shlex
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import chemistry
import docking
import engines
import library as molecules
import output
import shelf
import targets
from campaign import Campaign, Plan
from facts import Facts
from records import Records
from screening import Screening, Stage


def run(options: argparse.Namespace, tell: Callable[[str], None]) -> int:
    """The whole screening; the answer is the exit code."""
    if options.target == "list":
        print("\n".join(targets.names()))
        return 0
    folder: Path = options.out / f"{options.target}-seed{options.seed}"
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / "scratch"
    program = docking.program(options.vina, scratch)
    if program.file is not None:
        tell(f"docking with {program.name}: slower than the vina package, and other scores than in the README")
    search = docking.Search(options.target, options.seed, float(options.box), options.exhaustiveness)
    records = Records(folder / "dockings.jsonl", search, program.name, options.fresh)
    try:
        _empty(scratch)
        facts = _screen(options, tell, search, program, records)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        records.close()
    for path in output.write(facts, folder):
        tell(f"written: {path}")
    print(facts.sentence())
    return 0


def _empty(folder: Path) -> None:
    """Remove what a killed screening left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def _screen(
    options: argparse.Namespace,
    tell: Callable[[str], None],
    search: docking.Search,
    program: docking.Program,
    records: Records,
) -> Facts:
    clock = time.perf_counter()
    target = targets.find(options.target)
    with engines.open_engine(options.engine, options.workers) as engine:
        library, preparation = _library(options, engine, tell)
        candidates = _candidates(options, library)
        measured = _measured(target)
        actives = {smiles for smiles, nm in measured.items() if nm <= targets.ACTIVE_NM}
        plan = Plan(
            options.rounds,
            options.first,
            options.controls,
            options.best,
            options.random,
            options.seed,
            options.stream,
        )
        campaign = Campaign(candidates, actives, plan)
        tell(f"library: {len(library.molecules):,} molecules, {len(candidates):,} fit to dock; {program.name}")
        smiles = [m.smiles for m in library.molecules]
        outcome = Screening(engine, campaign, search, program, smiles, records, options.workers, options.limit, tell).run()
        account = engine.account()
    wall_seconds = time.perf_counter() - clock
    return Facts(
        target, search, program.name, options.engine, options.workers, shlex.join(sys.argv[1:]),
        str(options.smiles) if options.smiles else None, library, candidates, measured,
        campaign, outcome, preparation, account, wall_seconds,
    )  # fmt: skip


def _library(
    options: argparse.Namespace, engine: engines.Engine, tell: Callable[[str], None]
) -> tuple[molecules.Library, Stage]:
    lines = molecules.from_file(options.smiles) if options.smiles else molecules.packaged()
    stage = Stage()

    def counted(*arguments: Any) -> Iterator[Any]:
        for answer in engine.map(*arguments):
            stage.tasks += 1
            yield answer

    clock = time.perf_counter()
    library = shelf.library(lines, options.library, options.seed, counted, tell)
    stage.wall_seconds = time.perf_counter() - clock
    if not library.molecules:
        raise SystemExit(f"None of the {library.lines} lines is a molecule that can be docked: {dict(library.problems)}.")
    return library, stage


def _candidates(options: argparse.Namespace, library: molecules.Library) -> list[chemistry.Properties]:
    candidates = molecules.dockable(library.molecules, options.heavy_atoms, options.bonds)
    if len(candidates) < options.first:
        low, high = options.heavy_atoms
        raise SystemExit(
            f"Only {len(candidates)} of {len(library.molecules)} molecules have {low}-{high} heavy atoms and at most "
            f"{options.bonds} rotatable bonds; {options.first} are needed. Widen --heavy-atoms or --bonds or lower --first."
        )
    return candidates


def _measured(target: targets.Target) -> dict[str, float]:
    described = ((chemistry.describe(smiles), nm) for smiles, nm in targets.activities(target).items())
    return {found.smiles: nm for found, nm in described if not isinstance(found, str)}
