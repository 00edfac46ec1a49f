"""1,000 tasks of 10 ms while each worker is killed once with SIGKILL: what is lost, doubled, and how long it takes."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from .. import tasks
from ..systems.system import Call, System
from .measurement import Answer, Measurement, Metric, Setting

_GIVE_UP_SECONDS = 40.0


def run(system: System, setting: Setting) -> Answer:
    count = 200 if setting.quick else 1_000
    nap = system.app(tasks.nap)
    log = str(Path(setting.scratch, f"who-{os.getpid()}"))
    seen = system.all([nap(i, 0.01, log) for i in range(20 * system.workers)])
    victims = sorted({pid for _, pid in seen})
    calm = _go(system, nap, count, [], setting)
    killed = _go(system, nap, count, victims, setting)
    return {
        "calm_s": calm["seconds"],
        "killed_s": killed["seconds"],
        "more_s": killed["seconds"] - calm["seconds"],
        "lost": killed["lost"],
        "doubled": killed["doubled"],
        "reruns": killed["reruns"],
    }


def _go(
    system: System, nap: Call, count: int, victims: list[int], setting: Setting
) -> dict[str, float]:
    log = Path(setting.scratch, f"ran-{os.getpid()}-{len(victims)}")
    log.touch()
    delivered: Counter[int] = Counter()
    start = time.perf_counter()
    handles = [nap(i, 0.01, str(log)) for i in range(count)]
    for number, handle in enumerate(handles):
        note = getattr(handle, "add_done_callback", None)
        if note is not None:
            note(lambda _, number=number: delivered.update((number,)))
    undisturbed = count * 0.01 / system.workers
    killers = [
        threading.Timer(undisturbed * (0.3 + 0.2 * turn), _kill, (pid,))
        for turn, pid in enumerate(victims)
    ]
    for killer in killers:
        killer.start()
    right = 0
    deadline = start + undisturbed + _GIVE_UP_SECONDS
    for number, handle in enumerate(handles):
        value = _value(system, handle, max(0.01, deadline - time.perf_counter()))
        right += value is not None and value[0] == number
    seconds = time.perf_counter() - start
    for killer in killers:
        killer.cancel()
    ran = Counter(log.read_text().split())
    log.unlink()
    return {
        "seconds": seconds,
        "lost": float(count - right),
        "doubled": float(sum(times > 1 for times in delivered.values())),
        "reruns": float(sum(times - 1 for times in ran.values())),
    }


def _value(system: System, handle: Any, timeout_seconds: float) -> Any:
    """The task's value, or None for a task that failed or never ended: both are lost."""
    try:
        return system.one(handle, timeout_seconds)
    except Exception:
        return None


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        print(f"worker {pid} was already gone when it should have been killed")


MEASUREMENT = Measurement(
    name="kill",
    title="1,000 tasks of 10 ms, each worker killed once",
    metrics=(
        Metric("lost", "tasks", "failed, or not ended 40 s after they should have"),
        Metric("doubled", "results", "delivered more than once"),
        Metric("more_s", "s", "longer than undisturbed"),
        Metric("reruns", "tasks", "finished more than once in a worker"),
        Metric("calm_s", "s", "undisturbed"),
        Metric("killed_s", "s", "with the kills"),
    ),
    run=run,
    shares_child=False,
    absolute=True,
    rounds=1,
    peer_rounds=1,
)
