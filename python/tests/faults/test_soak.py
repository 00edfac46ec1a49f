"""Blocks come and go, tasks fail and dawdle: a minute, or ten with FONIO_CAMPAIGN=full."""

from __future__ import annotations

import os
import random
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from deadlines import PATIENCE_S, await_no_more_than, run_folders, until

import fonio
from fonio import Config, python_app
from fonio._java import java_home
from fonio.executors import HighThroughputExecutor
from fonio.providers import LocalProvider

SECONDS = 600.0 if os.environ.get("FONIO_CAMPAIGN") == "full" else 60.0
SEED = int(os.environ.get("FONIO_SEED", "1"))
WAVE = 4_000
FAILING = 100
SLOW = 20
MOST_BLOCKS = 3
WARM_WAVES = 2
MANAGER = re.compile(r"host \S+, pid (\d+), block (\S+),")


@python_app
def work(number: int, kind: str) -> int:
    """One task: 1 % fail, 5 % take 20 ms."""
    if kind == "slow":
        time.sleep(0.02)
    if kind == "failing":
        raise ArithmeticError(number)
    return number


@dataclass(frozen=True)
class Use:
    """What is in use when nothing is to be done; the engine's bytes are those of live objects."""

    engine_bytes: int
    client_bytes: int
    engine_files: int
    engine_threads: int

    @staticmethod
    def of(engine: int) -> Use:
        histogram = subprocess.run(
            [java_home() / "bin" / "jcmd", str(engine), "GC.class_histogram"],
            capture_output=True,
            text=True,
            check=True,
        )
        live = re.search(r"^Total\s+\d+\s+(\d+)", histogram.stdout, re.M)
        filler = re.search(r"(\d+)\s+\[Ljdk\.internal\.vm\.FillerElement", histogram.stdout)
        resident = re.search(r"^VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.M)
        assert live and resident
        return Use(
            int(live[1]) - (int(filler[1]) if filler else 0),
            int(resident[1]) << 10,
            len(os.listdir(f"/proc/{engine}/fd")),
            len(os.listdir(f"/proc/{engine}/task")),
        )


def kinds(chance: random.Random) -> list[str]:
    """What the tasks of a wave do, in random order."""
    failing = ["failing"] * (WAVE // FAILING)
    slow = ["slow"] * (WAVE // SLOW)
    found = failing + slow + ["quick"] * (WAVE - len(failing) - len(slow))
    chance.shuffle(found)
    return found


def run_wave(first: int, chance: random.Random) -> None:
    """Each task ends in its own result, or its own error."""
    of_tasks = kinds(chance)
    futures = [work(first + n, kind) for n, kind in enumerate(of_tasks)]
    for n, (kind, future) in enumerate(zip(of_tasks, futures, strict=True)):
        if kind == "failing":
            problem = future.exception(PATIENCE_S)
            assert isinstance(problem, ArithmeticError) and problem.args == (first + n,)
        else:
            assert future.result(PATIENCE_S) == first + n


def blocks(kernel: fonio.DataFlowKernel) -> set[str]:
    """The blocks that have a manager."""
    found = [MANAGER.match(line) for line in kernel.session.query("workers").values()]
    return {match[2] for match in found if match}


@pytest.mark.timeout(SECONDS + 120)
def test_memory_stays_and_nothing_is_lost_while_blocks_come_and_go(tmp_path):
    before = run_folders()
    chance = random.Random(SEED)
    executor = HighThroughputExecutor(
        label="h",
        max_workers_per_node=1,
        provider=LocalProvider(init_blocks=1, min_blocks=0, max_blocks=MOST_BLOCKS),
    )
    kernel = fonio.load(
        Config(
            executors=[executor],
            run_dir=str(tmp_path),
            strategy="htex_auto_scale",
            strategy_period=1,
            max_idletime=1,
            retries=0,
        )
    )
    uses: list[Use] = []
    seen: set[str] = set()
    try:
        end = time.monotonic() + SECONDS
        tasks = 0
        while time.monotonic() < end or len(uses) <= 2 * WARM_WAVES:
            run_wave(tasks, chance)
            tasks += WAVE
            seen |= blocks(kernel)
            until(lambda: not blocks(kernel), "no block that is idle")
            uses.append(Use.of(kernel._engine.pid))
        account = kernel.session.query("account")
    finally:
        fonio.clear()

    assert int(account["succeeded"]) + int(account["failed"]) == tasks
    assert int(account["failed"]) == tasks // FAILING
    assert len(seen) >= len(uses), f"{seen} in {len(uses)} waves: blocks did not come and go"
    warm, last = uses[WARM_WAVES - 1], uses[-1]
    print(f"{tasks} tasks in {len(uses)} waves, {len(seen)} blocks; {warm}, in the end {last}")
    assert last.engine_bytes < warm.engine_bytes * 1.1 + (1 << 20), uses
    assert last.client_bytes < warm.client_bytes * 1.1 + (8 << 20), uses
    assert last.engine_files <= warm.engine_files + 4, uses
    assert last.engine_threads <= warm.engine_threads + 4, uses
    await_no_more_than(before)
