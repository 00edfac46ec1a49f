"""From options to files: opens library, engine and records, runs the screening between them, and writes what came out."""

from __future__ import annotations

import argparse
import dataclasses
import sys
import time
from collections.abc import Callable
from pathlib import Path

import chemistry
import docking
import engines
import library as molecules
import output
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
    clock = time.perf_counter()
    target = targets.find(options.target)
    search = docking.Search(target.name, options.seed, float(options.box), options.exhaustiveness)
    program, _ = docking.program()
    if "in process" not in program:
        tell(
            f"no vina package for this Python and machine; docking with {program}: slower, and other scores than in the README"
        )
    folder = options.out / f"{target.name}-seed{options.seed}"
    folder.mkdir(parents=True, exist_ok=True)
    if options.fresh:
        (folder / "dockings.jsonl").unlink(missing_ok=True)
    records = Records(folder / "dockings.jsonl", search, program)
    with engines.open_engine(options.engine, options.workers) as engine:
        library, preparation = _library(options, engine, tell)
        if not library.molecules:
            raise SystemExit(f"None of the {library.lines} lines is a molecule that can be docked: {dict(library.problems)}.")
        candidates = molecules.dockable(library.molecules, options.heavy_atoms, options.bonds)
        if len(candidates) < options.first:
            low, high = options.heavy_atoms
            raise SystemExit(
                f"Only {len(candidates)} of {len(library.molecules)} molecules have {low}-{high} heavy atoms and at most "
                f"{options.bonds} rotatable bonds; {options.first} are needed. Widen --heavy-atoms or --bonds or lower --first."
            )
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
        tell(f"library: {len(library.molecules):,} molecules, {len(candidates):,} fit to dock; {program}")
        smiles = [m.smiles for m in library.molecules]
        outcome = Screening(engine, campaign, search, smiles, records, options.workers, options.limit, tell).run()
        account = engine.account()
    records.close()
    wall_seconds = time.perf_counter() - clock
    facts = Facts(
        target, search, program, options.engine, options.workers, " ".join(sys.argv[1:]), library, candidates, measured,
        campaign, outcome, preparation, account, wall_seconds,
    )  # fmt: skip
    for path in output.write(facts, folder):
        tell(f"written: {path}")
    print(facts.sentence())
    return 0


def _library(
    options: argparse.Namespace, engine: engines.Engine, tell: Callable[[str], None]
) -> tuple[molecules.Library, Stage]:
    lines = molecules.from_file(options.smiles) if options.smiles else molecules.packaged()
    kept: Path = options.out / f"library-{molecules.digest(lines, options.library, options.seed)}.tsv"
    if kept.exists():
        return molecules.load(kept), Stage()
    tell(f"reading {len(lines):,} SMILES")
    stage = Stage()

    def counted(*arguments: object) -> object:
        for answer in engine.map(*arguments):  # type: ignore[arg-type]
            stage.tasks += 1
            yield answer

    clock = time.perf_counter()
    library = molecules.build(lines, options.library, options.seed, counted)  # type: ignore[arg-type]
    molecules.save(library, kept)
    return library, dataclasses.replace(stage, wall_seconds=time.perf_counter() - clock)


def _measured(target: targets.Target) -> dict[str, float]:
    described = ((chemistry.describe(smiles), nm) for smiles, nm in targets.activities(target).items())
    return {found.smiles: nm for found, nm in described if not isinstance(found, str)}
