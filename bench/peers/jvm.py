"""The measurements that run in the JVM: Task Bench beside its OpenMP twin, and the Java client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import environment
from .measure.measurement import Metric
from .results import Interval, Key, Problem, Results

_TIME_LIMIT_SECONDS = 600.0


@dataclass(frozen=True)
class Program:
    """A main class that prints one JSON object a line: system, metric, value, and its round or its interval."""

    main: str
    title: str
    metrics: tuple[Metric, ...]
    arguments: tuple[str, ...] = ()
    quick_arguments: tuple[str, ...] = ()
    java_options: tuple[str, ...] = ()


_GRAPHS = {
    "stencil2": "stencil, width 2",
    "stencil8": "stencil, width 8",
    "trivial2": "trivial, width 2",
    "trivial8": "trivial, width 8",
}

PROGRAMS = {
    "java": Program(
        "fonio.bench.JavaClient",
        "no-op rate of a Java client with 2 Java worker processes",
        (Metric("rate", "tasks/s", "submitted and all results held", lower_is_better=False),),
        ("--rounds", "5"),
        ("--rounds", "2", "--tasks", "200000"),
    ),
    "taskbench": Program(
        "fonio.bench.TaskBench",
        "Task Bench in the JVM beside OpenMP, 2 cores (serial cost: floor / 2; intervals by bootstrap)",
        tuple(
            metric
            for graph, title in _GRAPHS.items()
            for metric in (
                Metric(f"{graph}_us", "us", f"{title}: METG(50 %)"),
                Metric(f"{graph}_95_us", "us", f"{title}: METG(95 %)"),
                Metric(f"{graph}_floor_us", "us", f"{title}: floor granularity"),
                Metric(f"{graph}_serial_us", "us", f"{title}: serial cost of a task"),
                Metric(
                    f"{graph}_rate", "tasks/s", f"{title}: greatest rate", lower_is_better=False
                ),
                Metric(f"{graph}_against_openmp", "x", f"{title}: METG(50 %) over that of OpenMP"),
            )
        ),
        ("metg", "--json", "--repetitions", "7"),
        ("metg", "--json", "--repetitions", "3", "--quick"),
        ("-Xms2g", "-Xmx2g", "-XX:+UseG1GC"),
    ),
    "interchange": Program(
        "fonio.bench.InterchangeBench",
        "one interchange, 10,000 simulated managers (frames of 100 tasks of 64 bytes)",
        (
            Metric("rate", "tasks/s", "handed out and answered", lower_is_better=False),
            Metric("cores", "cores", "CPU of the interchange's thread at that rate"),
            Metric("task_cpu_ns", "ns", "CPU of the interchange's thread for a task"),
            Metric("join_us", "us", "CPU of the interchange's thread for a manager that joins"),
            *(
                Metric(f"{when}_{part}", "B", f"{what}, for a manager {text}")
                for part, what in (
                    ("bytes", "memory"),
                    ("heap_bytes", "live objects"),
                    ("other_bytes", "memory outside of the heap"),
                )
                for when, text in (
                    ("joined", "that has joined"),
                    ("loaded", "under load"),
                    ("idle", "after load"),
                )
            ),
            Metric("workers_100_ns", "ns", "CPU for a task, 1 manager of 100 workers"),
            Metric("workers_100000_ns", "ns", "CPU for a task, 1,000 managers of 100 workers"),
            Metric("workers_ratio", "x", "CPU for a task, 100,000 workers over 100"),
        ),
        ("--rounds", "3"),
        ("--rounds", "1", "--managers", "1000", "--seconds", "1"),
        ("-Xms768m", "-Xmx768m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"),
    ),
    "costs": Program(
        "fonio.bench.InterchangeCosts",
        "what an interchange's thread spends (frames of some sizes, fitted)",
        (
            Metric("frame_us", "us", "for a frame of tasks and that of their results"),
            Metric("task_ns", "ns", "for a task in it"),
            Metric("byte_ns", "ns", "for a byte of an argument that comes back as a result"),
            Metric("beat_us", "us", "for a beat that comes and one that goes, each alone"),
        ),
        ("--rounds", "3"),
        ("--rounds", "1", "--seconds", "1"),
        ("-Xms768m", "-Xmx768m", "-XX:+UseSerialGC"),
    ),
}


def run(root: Path, name: str, results: Results, *, quick: bool) -> None:
    """Runs one program and takes over its figures."""
    program = PROGRAMS[name]
    print(f"[jvm] {name}: {program.title}", file=sys.stderr, flush=True)
    why_not = _build(root, program)
    if why_not:
        results.problem(Problem("fonio", name, why_not))
        return
    command = _command(root, program, quick=quick)
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
    print(ran.stderr, end="", file=sys.stderr, flush=True)
    for line in ran.stdout.splitlines():
        if line.startswith("{"):
            row = json.loads(line)
            _take(Key(name, row["metric"], row["system"]), row, results)
    if ran.returncode:
        text = " / ".join(ran.stderr.strip().splitlines()[-3:])
        results.problem(Problem("fonio", name, f"exit code {ran.returncode}: {text}"))


def _take(key: Key, row: dict[str, Any], results: Results) -> None:
    if "round" in row:
        results.add(key, row["round"], row["value"])
    else:
        results.add_with_interval(key, row["value"], Interval(row["low"], row["high"]))


def _build(root: Path, program: Program) -> str:
    """Compiles the programs where they are older than their sources; says why it could not.

    It does not make the engine's jar anew, since its AOT cache would be void.
    """
    compiled = _classes(root) / Path(*program.main.split(".")).with_suffix(".class")
    sources = (root / "bench" / "src" / "main").rglob("*.java")
    newest = max((source.stat().st_mtime for source in sources), default=0.0)
    if compiled.exists() and compiled.stat().st_mtime >= newest:
        return ""
    print("[jvm] compiling the programs (first use)", file=sys.stderr, flush=True)
    command = [str(root / "mvnw"), "-B", "-ntp", "-q", "-Dquick", "-pl", "bench", "-am", "compile"]
    try:
        made = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except OSError as error:
        return f"{error}: run ./fonio bench from a source tree"
    if made.returncode or not compiled.exists():
        said = (made.stdout + made.stderr).strip().splitlines() or ["no word why"]
        return f"could not be compiled: {said[0]}; ./mvnw -pl bench -am compile says more"
    compiled.touch()
    return ""


def _classes(root: Path) -> Path:
    return root / "bench" / "target" / "classes"


def _command(root: Path, program: Program, *, quick: bool) -> list[str]:
    classes = _classes(root)
    jar = root / "engine" / "target" / "fonio-engine.jar"
    arguments = program.quick_arguments if quick else program.arguments
    return [
        str(environment.java(root)),
        *program.java_options,
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        f"{classes}{os.pathsep}{jar}",
        program.main,
        *arguments,
    ]


def _openmp_source(root: Path) -> Path:
    return root / "bench" / "taskbench" / "openmp" / "taskbench.c"
