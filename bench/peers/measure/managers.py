"""Managers are killed with SIGKILL: how soon the engine knows, and how soon a block has another.

Those of the first part are started by hand, as blocks that die young again and again are replaced ever later.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from ..systems.system import System
from ..tasks import inc
from .measurement import Answer, Measurement, Metric, Setting, check, percentile

_COMMAND = Path(__file__).parents[3] / "fonio"
_GIVE_UP_SECONDS = 30.0
_LOOK_SECONDS = 0.001
_BLOCK = re.compile(r"block (\S+) \(job [^)]*\): (?!submitting)")


def run(system: System, setting: Setting) -> Answer:
    call = system.app(inc)
    star: Any = system
    known_ms = [_known_ms(star) for _ in range(5 if setting.quick else 50)]
    block_s = [_block_s(star, turn) for turn in range(3)]
    check("a task after the losses", system.one(call(1), _GIVE_UP_SECONDS), 2)
    return {"known_ms": percentile(known_ms, 0.95), "block_s": median(block_s)}


def _known_ms(star: Any) -> float:
    """Starts a manager by hand, kills it, and waits until the engine knows."""
    others = {*star.managers().values()}
    words = [_COMMAND, "manager", *shlex.split(star.invitation())]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        _until(lambda: {*star.managers().values()} - others, "no manager by hand")
        (victim,) = {*star.managers().values()} - others
        os.kill(victim, signal.SIGKILL)
        start = time.perf_counter()
        _until(lambda: victim not in star.managers().values(), "the loss is not known")
        return (time.perf_counter() - start) * 1e3


def _block_s(star: Any, turn: int) -> float:
    """Kills the manager of a block; from the start of the next block until its manager is there."""
    victim = [*star.managers().values()][turn % 2]
    before = _started(star)
    os.kill(victim, signal.SIGKILL)
    _until(lambda: _started(star) - before, "no new block")
    start = time.perf_counter()
    _until(lambda: len(star.managers()) == 2, "no new manager")
    return time.perf_counter() - start


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
    title="managers are killed: 50 by hand, 3 of blocks",
    metrics=(
        Metric("known_ms", "ms", "p95, from the kill until the engine says that it is gone"),
        Metric("block_s", "s", "median, from the start of a block until its manager is there"),
    ),
    run=run,
    systems=("fonio-htex",),
    shares_child=False,
    rounds=1,
)
