"""What a system costs while it has nothing to do: memory with 2 workers, CPU with 2 and 8."""

from __future__ import annotations

import time

from .. import tasks
from ..procs import cpu_seconds, members, rss_bytes
from ..systems.system import System
from .measurement import Answer, Measurement, Metric, Setting


def run(system: System, setting: Setting) -> Answer:
    call = system.app(tasks.noop)
    system.all([call() for _ in range(100)])
    time.sleep(1.0)
    pids = members(setting.token)
    rss = rss_bytes(pids)
    seconds = 2.0 if setting.quick else 5.0
    before = cpu_seconds(pids)
    start = time.perf_counter()
    time.sleep(seconds)
    elapsed = time.perf_counter() - start
    cores = (cpu_seconds(pids) - before) / elapsed
    return {"rss_mb": rss / 1e6, "cores": cores, "processes": float(len(pids))}


MEASUREMENT = Measurement(
    name="idle",
    title="idle memory and CPU",
    metrics=(
        Metric("rss_mb", "MB", "sum of resident memory"),
        Metric("cores", "cores", "CPU used while idle"),
        Metric("processes", "", "processes"),
    ),
    run=run,
    shares_child=False,
    absolute=True,
    worker_counts=(2, 8),
    rounds=1,
    peer_rounds=1,
)
