"""The measurements that run in the JVM: Task Bench beside its OpenMP twin, and the Java client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from . import environment
from .results import Key, Problem, Results

_TIME_LIMIT_SECONDS = 600.0


@dataclass(frozen=True)
class Program:
    """A main class that prints one JSON object a line: system, metric, round, value."""

    main: str
    title: str
    arguments: tuple[str, ...] = ()
    quick_arguments: tuple[str, ...] = ()


PROGRAMS = {
    "java": Program(
        "fonio.bench.JavaClient",
        "no-op rate of a Java client with 2 Java worker processes",
        ("--rounds", "5"),
        ("--rounds", "2", "--tasks", "200000"),
    ),
    "taskbench": Program(
        "fonio.bench.TaskBench",
        "METG(50 %) of Task Bench in the JVM, beside OpenMP",
        ("metg", "--rounds", "3"),
        ("metg", "--rounds", "2", "--quick"),
    ),
}


def run(root: Path, name: str, results: Results, *, quick: bool) -> None:
    """Runs one program and takes over its figures."""
    program = PROGRAMS[name]
    print(f"[jvm] {name}: {program.title}", file=sys.stderr, flush=True)
    command = _command(root, program, quick=quick)
    if command is None:
        results.problem(
            Problem("fonio", name, "bench classes are not built: ./mvnw -pl bench -am package")
        )
        return
    env = {**os.environ, "FONIO_BENCH_OPENMP": str(_openmp_source(root))}
    try:
        ran = subprocess.run(
            command,
            env=env,
            capture_output=True,
            text=True,
            timeout=_TIME_LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        results.problem(Problem("fonio", name, f"not finished after {_TIME_LIMIT_SECONDS:.0f} s"))
        return
    for line in ran.stdout.splitlines():
        if line.startswith("{"):
            row = json.loads(line)
            results.add(Key(name, row["metric"], row["system"]), row["round"], row["value"])
    if ran.returncode:
        text = " / ".join(ran.stderr.strip().splitlines()[-3:])
        results.problem(Problem("fonio", name, f"exit code {ran.returncode}: {text}"))


def _command(root: Path, program: Program, *, quick: bool) -> list[str] | None:
    classes = root / "bench" / "target" / "classes"
    jar = root / "engine" / "target" / "fonio-engine.jar"
    if not (classes / Path(*program.main.split("."))).with_suffix(".class").exists():
        return None
    arguments = program.quick_arguments if quick else program.arguments
    return [
        str(environment.java(root)),
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        f"{classes}{os.pathsep}{jar}",
        program.main,
        *arguments,
    ]


def _openmp_source(root: Path) -> Path:
    return root / "bench" / "taskbench" / "openmp" / "taskbench.c"
