"""What a system costs while it has nothing to do: memory with 2 workers, CPU with 2 and 8.

Idle begins when the system is quiet: compilers and caches still work for a while after a task. Memory is
taken twice: after the first 100 tasks, and after a burst, with all of its results forgotten.
"""

from __future__ import annotations

import gc
import time

from .. import tasks
from ..procs import cpu_of_each, cpu_since, members, rss_bytes
from ..systems.system import System
from .measurement import Answer, Measurement, Metric, Setting, burst

_QUIET_CORES = 0.01
_WINDOW_SECONDS = 0.5
_SETTLE_SECONDS = 5.0
_IDLE_SECONDS = 5.0


def run(system: System, setting: Setting) -> Answer:
    call = system.app(tasks.noop)
    system.all([call() for _ in range(100)])
    settled = settle(setting.token)
    pids = members(setting.token)
    rss = rss_bytes(pids)
    cores = cores_used(setting.token, _IDLE_SECONDS)
    count = burst(system, setting)
    system.all([call() for _ in range(count)])
    gc.collect()
    settle(setting.token)
    return {
        "rss_mb": rss / 1e6,
        "rss_after_mb": rss_bytes(members(setting.token)) / 1e6,
        "cores": cores,
        "settled_s": settled,
        "processes": float(len(pids)),
    }


def settle(token: str, window_seconds: float = _WINDOW_SECONDS) -> float:
    """Waits until two windows in a row were quiet, at most 5 s; returns the seconds until they began."""
    start = time.perf_counter()
    quiet = 0
    began = start
    while quiet < 2 and time.perf_counter() - start < _SETTLE_SECONDS:
        if not quiet:
            began = time.perf_counter()
        quiet = quiet + 1 if cores_used(token, window_seconds) < _QUIET_CORES else 0
    return (began if quiet else time.perf_counter()) - start


def cores_used(token: str, seconds: float) -> float:
    """The cores that all processes of the system use together over this time, the asking one included."""
    before = cpu_of_each(members(token))
    start = time.perf_counter()
    time.sleep(seconds)
    elapsed = time.perf_counter() - start
    return cpu_since(before, token) / elapsed


MEASUREMENT = Measurement(
    name="idle",
    title="idle memory and CPU",
    metrics=(
        Metric("rss_mb", "MB", "sum of resident memory after 100 tasks"),
        Metric("rss_after_mb", "MB", "the same after a burst of tasks, results forgotten"),
        Metric("cores", "cores", "CPU used while idle, over 5 s"),
        Metric("settled_s", "s", "quiet so long after 100 tasks (at most 5)"),
        Metric("processes", "", "processes"),
    ),
    run=run,
    shares_child=False,
    absolute=True,
    worker_counts=(2, 8),
    rounds=1,
    peer_rounds=1,
)
