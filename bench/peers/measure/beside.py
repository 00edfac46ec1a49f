"""Another thread of the client while 100,000 tasks are outstanding: its speed, as a share of its speed alone.

The workers sleep a millisecond in each task and the main thread waits for the last result, so what is seen is what
the client itself takes from its other threads: the interpreter's lock, and the cores that the engine uses. The two
speeds take turns, three times.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from statistics import median
from time import perf_counter

from .. import tasks
from ..systems.system import System
from .measurement import LOCAL, Answer, Measurement, Metric, Setting, check

_TURNS = 3
_STEPS = 2_000


def run(system: System, setting: Setting) -> Answer:
    outstanding = 20_000 if setting.quick else 100_000
    seconds = 0.5 if setting.quick else 1.5
    rest = system.app(tasks.rest)
    system.all([rest("") for _ in range(100)])
    shares, fewest = [], outstanding
    for turn in range(_TURNS):
        alone = _speed(seconds)
        gate = Path(setting.scratch, f"rest-{os.getpid()}-{turn}")
        gate.touch()
        handles = [rest(str(gate)) for _ in range(outstanding)]
        other = _Other(seconds, gate)
        other.start()
        results = system.all(handles)
        other.join()
        check("tasks that rested", len(results), outstanding)
        fewest = min(fewest, outstanding - sum(results))
        shares.append(other.speed / ((alone + _speed(seconds)) / 2))
    return {"share": median(shares), "outstanding": float(fewest)}


class _Other(threading.Thread):
    """The other thread: takes its speed while the main thread waits, then lets the tasks go."""

    def __init__(self, seconds: float, gate: Path) -> None:
        super().__init__()
        self.speed = 0.0
        self._seconds = seconds
        self._gate = gate

    def run(self) -> None:
        self.speed = _speed(self._seconds)
        self._gate.unlink()


def _speed(seconds: float) -> float:
    """Steps of a plain Python loop a second."""
    start = perf_counter()
    end = start + seconds
    rounds = 0
    now = start
    while now < end:
        total = 0
        for step in range(_STEPS):
            total += step
        rounds += 1
        now = perf_counter()
    return rounds * _STEPS / (now - start)


MEASUREMENT = Measurement(
    name="beside",
    title="another thread of the client while 100,000 tasks are outstanding",
    metrics=(
        Metric("share", "x", "its speed, of its speed alone", lower_is_better=False),
        Metric("outstanding", "tasks", "still outstanding at its end", lower_is_better=False),
    ),
    run=run,
    systems=LOCAL,
    shares_child=False,
    absolute=True,
    rounds=3,
    peer_rounds=1,
)
