"""Runs jobs one after the other, each in a process of its own, and gathers their answers."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from . import environment
from .plan import Job
from .procs import TOKEN, sweep
from .results import Key, Problem, Results
from .systems import OWN, PEERS

_HERE = Path(__file__).resolve().parents[1]
_TIME_LIMIT_SECONDS = 300.0
_QUICK_TIME_LIMIT_SECONDS = 60.0
_SILENT_JOBS = 2


class Runner:
    """Starts children; at most one is alive at a time."""

    def __init__(self, peer_python: Path | None, results: Results, *, quick: bool) -> None:
        self._peer_python = peer_python
        self._results = results
        self._quick = quick
        self._silent: Counter[str] = Counter()
        self._limit = _QUICK_TIME_LIMIT_SECONDS if quick else _TIME_LIMIT_SECONDS

    def run(self, jobs: list[Job]) -> None:
        """Runs every job; a broken one is noted and the others go on, unless the system never answers."""
        for number, job in enumerate(jobs, 1):
            if self._silent[job.system] >= _SILENT_JOBS:
                self._note(
                    job, " ".join(job.measurements), "left out: the system did not answer before"
                )
                continue
            names = " ".join(job.measurements)
            text = f"[{number}/{len(jobs)}] {job.system}, {job.workers} workers: {names}"
            print(text, end="", file=sys.stderr, flush=True)
            begin = time.monotonic()
            scratch = Path(tempfile.mkdtemp(prefix="fb-"))
            try:
                if job.measurements == ("start",):
                    self._start(job, scratch)
                else:
                    self._child(job, scratch)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
            print(f" ({time.monotonic() - begin:.1f} s)", file=sys.stderr, flush=True)

    def _child(self, job: Job, scratch: Path) -> None:
        token = secrets.token_hex(8)
        answers = scratch / "answers"
        spec = {
            "system": job.system,
            "workers": job.workers,
            "measurements": job.measurements,
            "seconds": 0.15 if self._quick else 0.5,
            "token": token,
            "quick": self._quick,
            "scratch": str(scratch),
            "answers": str(answers),
        }
        command = [str(self._python(job.system)), "-m", "peers.child", json.dumps(spec)]
        log = scratch / "log"
        try:
            self._wait(command, job, scratch, token, log)
        except subprocess.TimeoutExpired:
            self._note(job, "*", f"not finished after {self._limit:.0f} s")
        finally:
            left = sweep(token)
        if left and job.system in OWN and "kill" not in job.measurements:
            self._note(
                job, "leaving", f"{left} processes were still there 2 s after the client had left"
            )
        self._gather(job, answers, log)

    def _wait(self, command: list[str], job: Job, scratch: Path, token: str, log: Path) -> None:
        with log.open("wb") as out:
            subprocess.run(
                command,
                cwd=scratch,
                env=self._environment(job.system, scratch, token),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                timeout=self._limit,
                check=False,
            )

    def _gather(self, job: Job, answers: Path, log: Path) -> None:
        lines = answers.read_text().splitlines() if answers.exists() else []
        heard = set()
        for line in map(json.loads, lines):
            name = line["name"]
            heard.add(name)
            for metric, value in line.get("metrics", {}).items():
                self._results.add(Key(name, metric, job.system, job.workers), job.round, value)
            if "cannot" in line:
                self._results.problem(Problem(job.system, name, line["cannot"], cannot=True))
            if "error" in line:
                self._note(job, name, line["error"])
        self._silent[job.system] = 0 if heard else self._silent[job.system] + 1
        for name in job.measurements:
            if name not in heard:
                tail = " / ".join(log.read_text(errors="replace").strip().splitlines()[-3:])
                self._note(job, name, f"the process ended without an answer: {tail}")

    def _start(self, job: Job, scratch: Path) -> None:
        token = secrets.token_hex(8)
        noted = scratch / "first"
        script = str(_HERE / "peers" / "first_result.py")
        command = [str(self._python(job.system)), script, job.system, str(job.workers), str(noted)]
        begin_ns = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        try:
            self._wait(command, job, scratch, token, scratch / "log")
        except subprocess.TimeoutExpired:
            self._note(job, "start", f"not finished after {self._limit:.0f} s")
        finally:
            end_ns = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
            sweep(token)
        if not noted.exists():
            tail = (scratch / "log").read_text(errors="replace").strip().splitlines()[-3:]
            self._silent[job.system] += 1
            self._note(job, "start", f"no first result: {' / '.join(tail)}")
            return
        self._silent[job.system] = 0
        first_ns = int(noted.read_text())
        metrics = {"first_s": (first_ns - begin_ns) / 1e9, "exit_s": (end_ns - begin_ns) / 1e9}
        for metric, value in metrics.items():
            self._results.add(Key("start", metric, job.system, job.workers), job.round, value)

    def _note(self, job: Job, name: str, text: str) -> None:
        print(f"\n    {job.system} {name}: {text}", file=sys.stderr, flush=True)
        self._results.problem(Problem(job.system, name, text))

    def _python(self, system: str) -> Path:
        if system in PEERS and self._peer_python is not None:
            return self._peer_python
        return Path(sys.executable)

    def _environment(self, system: str, scratch: Path, token: str) -> dict[str, str]:
        env = {**os.environ, TOKEN: token}
        roots = [str(_HERE)]
        if system in OWN:
            roots += environment.fonio_roots()
        else:
            env |= {
                "TMPDIR": str(scratch),
                "RAY_TMPDIR": str(scratch),
                "RAY_USAGE_STATS_ENABLED": "0",
            }
        if system in PEERS and self._peer_python is not None:
            env["PATH"] = f"{self._peer_python.parent}{os.pathsep}{env.get('PATH', '')}"
        env["PYTHONPATH"] = os.pathsep.join(roots)
        return env
