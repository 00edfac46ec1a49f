"""The command line of the screening, checked before anything is started."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

import engines
import targets


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The options of these words; a wrong one ends the program with a sentence and code 2."""
    parser = argparse.ArgumentParser(
        prog="screening",
        description="Dock real molecules into a real protein, and let a model choose which ones.",
        epilog="A screening that was interrupted goes on where it was when it is started again with the same options.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add(
        "--target",
        default="ABL1",
        metavar="NAME",
        help="protein to dock against; `--target list` names them all",
    )
    add("--engine", default="fonio", choices=engines.NAMES, help="what runs the tasks")
    add(
        "--workers",
        type=_at_least(1),
        default=len(os.sched_getaffinity(0)),
        metavar="N",
        help="worker processes",
    )
    add(
        "--seed",
        type=_at_least(0),
        default=42,
        metavar="N",
        help="decides every draw, conformer and search",
    )
    add("--out", type=Path, default=Path("screening-out"), metavar="FOLDER", help="where results go")
    add("--fresh", action="store_true", help="forget the dockings that the folder already holds")
    which = parser.add_argument_group("molecules")
    add = which.add_argument
    add(
        "--library",
        type=_at_least(50),
        default=None,
        metavar="N",
        help="size; filled up with amides if need be; default all",
    )
    add(
        "--smiles",
        type=Path,
        default=None,
        metavar="FILE",
        help="your own library: one SMILES on each line",
    )
    add(
        "--heavy-atoms",
        type=_range,
        default=(18, 26),
        metavar="LOW-HIGH",
        help="sizes that are docked",
    )
    add(
        "--bonds",
        type=_at_least(0),
        default=5,
        metavar="N",
        help="most rotatable bonds of what is docked",
    )
    choice = parser.add_argument_group("choice of what is docked")
    add = choice.add_argument
    add("--rounds", type=_at_least(0), default=2, metavar="N", help="times the model chooses")
    add(
        "--first",
        type=_at_least(4),
        default=24,
        metavar="N",
        help="dockings before the first model",
    )
    add(
        "--controls",
        type=_at_least(0),
        default=6,
        metavar="N",
        help="known actives among the first; 0 starts blind",
    )
    add(
        "--best",
        type=_at_least(0),
        default=12,
        metavar="N",
        help="best guesses docked in each round",
    )
    add(
        "--random",
        type=_at_least(0),
        default=12,
        metavar="N",
        help="random molecules docked in each round",
    )
    add(
        "--stream",
        action="store_true",
        help="no barrier between rounds: random molecules fill the gaps; same result",
    )
    search = parser.add_argument_group("docking")
    add = search.add_argument
    add("--box", type=_at_least(10), default=20, metavar="ANGSTROM", help="edge of the search box")
    add(
        "--exhaustiveness",
        type=_at_least(1),
        default=1,
        metavar="N",
        help="searches per molecule; 8 takes 8 times as long",
    )
    add(
        "--limit",
        type=_at_least(10),
        default=60,
        metavar="SECONDS",
        help="time after which a docking is given up",
    )
    add(
        "--vina",
        type=Path,
        default=None,
        metavar="FILE",
        help="a vina binary to dock with; default: the vina package, where there is one",
    )
    options = parser.parse_args(words)
    if options.engine == "serial":
        options.workers = 1
    known = targets.names()
    if options.target != "list" and options.target.upper() not in known:
        parser.error(f"there is no receptor named {options.target!r}. Choose one of: {', '.join(known)}.")
    options.target = options.target if options.target == "list" else options.target.upper()
    if options.smiles is not None and not options.smiles.is_file():
        parser.error(f"--smiles {str(options.smiles)!r} is not a file. Name a text file with one SMILES on each line.")
    if options.vina is not None and not (options.vina.is_file() and os.access(options.vina, os.X_OK)):
        parser.error(f"--vina {str(options.vina)!r} is not a program. Name the file of a vina binary, or leave it out.")
    return options


def _at_least(least: int) -> type[int]:
    def number(word: str) -> int:
        if not word.isdigit() or int(word) < least:
            raise argparse.ArgumentTypeError(f"{word!r} is not a whole number of at least {least}")
        return int(word)

    return number  # type: ignore[return-value]


def _range(word: str) -> tuple[int, int]:
    low, dash, high = word.partition("-")
    if not (dash and low.isdigit() and high.isdigit() and 1 <= int(low) <= int(high)):
        raise argparse.ArgumentTypeError(f"{word!r} is not a range such as 18-26")
    return int(low), int(high)
