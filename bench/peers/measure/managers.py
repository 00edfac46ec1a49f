"""A manager is killed with SIGKILL, again and again: how soon the engine knows, and how soon another is there."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from ..systems.system import System
from ..tasks import inc
from .measurement import Answer, Measurement, Metric, Setting, check, percentile

_GIVE_UP_SECONDS = 30.0
_LOOK_SECONDS = 0.001
_BLOCK = re.compile(r"block (\S+) \(job [^)]*\): (?!submitting)")


def run(system: System, setting: Setting) -> Answer:
    call = system.app(inc)
    star: Any = system
    known_ms: list[float] = []
    back_s: list[float] = []
    for turn in range(5 if setting.quick else 50):
        victim = [*star.managers().values()][turn % 2]
        before = _started(star)
        os.kill(victim, signal.SIGKILL)
        start = time.perf_counter()
        _until(lambda: victim not in star.managers().values(), "the loss is not known")  # noqa: B023
        known_ms.append((time.perf_counter() - start) * 1e3)
        _until(lambda: _started(star) - before, "no new block")  # noqa: B023
        start = time.perf_counter()
        _until(lambda: len(star.managers()) == 2, "no new manager")
        back_s.append(time.perf_counter() - start)
        check("a task after the loss", system.one(call(turn), _GIVE_UP_SECONDS), turn + 1)
    return {"known_ms": percentile(known_ms, 0.95), "block_s": median(back_s)}


def _started(star: Any) -> set[str]:
    """The blocks whose jobs have begun."""
    return {match[1] for line in star.lines().values() if (match := _BLOCK.match(line))}


def _until(reached: Callable[[], bool], why: str) -> None:
    deadline = time.monotonic() + _GIVE_UP_SECONDS
    while not reached():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{why} after {_GIVE_UP_SECONDS:g} s")
        time.sleep(_LOOK_SECONDS)


MEASUREMENT = Measurement(
    name="managers",
    title="a manager is killed, 50 times",
    metrics=(
        Metric("known_ms", "ms", "p95, from the kill until the engine says that it is gone"),
        Metric("block_s", "s", "median, from the start of a block until its manager is there"),
    ),
    run=run,
    systems=("fonio-htex",),
    shares_child=False,
    rounds=1,
)
