"""The command line of the benchmarks: what to run, where the results go."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from . import environment, history, jvm, machine, report
from .bars import verdicts
from .measure import measurements
from .plan import Plan, jobs
from .results import Results
from .runner import Runner
from .systems import NAMES, OWN, PEERS, STANDARD

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench/results"


def main(words: list[str]) -> int:
    """Runs the chosen measurements; returns the exit code (1: a measurement of Fonio failed, 2: usage, 3: environment)."""
    known = measurements()
    options = _parser(known).parse_args(words)
    if options.list:
        for measurement in known.values():
            print(f"{measurement.name:12} {measurement.title}")
        for name, program in jvm.PROGRAMS.items():
            print(f"{name:12} {program.title}")
        return 0
    if options.compare:
        print(history.markdown(options.out or RESULTS), end="")
        return 0
    unknown = [name for name in options.names if name not in known and name not in jvm.PROGRAMS]
    if unknown:
        print(
            f"fonio bench: no measurement named {unknown[0]!r}; --list shows them", file=sys.stderr
        )
        return 2
    systems = _systems(options)
    if "fonio" in systems and not environment.has_fonio():
        print(
            "fonio bench: the package `fonio` cannot be imported; run ./fonio bench",
            file=sys.stderr,
        )
        return 3
    started = time.time()
    peer_python = environment.peers_python(ROOT) if set(systems) & set(PEERS) else None
    before = machine.describe(ROOT)
    plan = Plan(
        names=tuple(options.names) or (*known, *(() if options.quick else jvm.PROGRAMS)),
        systems=systems,
        quick=options.quick,
        rounds=options.rounds or (2 if options.quick else 3),
        thorough=options.peers or options.systems is not None,
    )
    results = Results(before, quick=options.quick)
    runner = Runner(peer_python, results, quick=options.quick)
    runner.run(jobs(plan, known))
    for name in plan.names:
        if name in jvm.PROGRAMS and "fonio" in systems:
            jvm.run(ROOT, name, results, quick=options.quick)
    results.finish(machine.load(), time.time() - started)
    whole = not options.names and not options.quick
    folder = options.out or (RESULTS if whole else Path(".fonio/bench"))
    written = report.write(folder, results, verdicts(results), latest=True)
    if options.json:
        print(json.dumps(results.as_json(verdicts(results)), indent=1))
    else:
        print(report.markdown(results, verdicts(results)))
        print(f"results: {written}", file=sys.stderr)
    return 1 if results.failed("fonio") else 0


def _systems(options: argparse.Namespace) -> tuple[str, ...]:
    if options.systems:
        return tuple(options.systems.split(","))
    return (*OWN, *STANDARD, *(PEERS if options.peers else ()))


def _system_list(text: str) -> str:
    for name in text.split(","):
        if name not in NAMES:
            raise argparse.ArgumentTypeError(f"no system {name!r}; there are {', '.join(NAMES)}")
    return text


def _parser(known: object) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fonio bench",
        description="Measures Fonio beside the standard library, with --peers beside Parsl, Dask and Ray too.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="measurements to run (all)")
    parser.add_argument("--list", action="store_true", help="list the measurements")
    parser.add_argument(
        "--compare",
        action="store_true",
        help="measure nothing: compare the last run in bench/results with those before",
    )
    parser.add_argument(
        "--peers",
        action="store_true",
        help="also Parsl, Dask and Ray, in an environment of their own",
    )
    parser.add_argument(
        "--quick", action="store_true", help="short bursts, fewer repetitions, nothing in the JVM"
    )
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    parser.add_argument("--systems", type=_system_list, metavar="A,B", help="only these systems")
    parser.add_argument(
        "--rounds", type=int, metavar="N", help="interleaved repetitions (3; quick 2)"
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where the results are written")
    return parser
