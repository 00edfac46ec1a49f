"""The round trip of one task when one is submitted every 0.5 ms and everything sleeps in between."""

from __future__ import annotations

import time
from time import perf_counter_ns

from ..systems.system import System
from ..tasks import inc
from .measurement import Answer, Measurement, Metric, Setting, check, percentile

_EVERY_NS = 500_000


def run(system: System, setting: Setting) -> Answer:
    call, one = system.app(inc), system.one
    for _ in range(20):
        one(call(1))
    times_us: list[float] = []
    count = max(50, int(setting.seconds * 1.5 / 0.0005))
    end_ns = perf_counter_ns() + int(setting.seconds * 3e9)
    due_ns = perf_counter_ns()
    while len(times_us) < count and due_ns < end_ns:
        wait_ns = due_ns - perf_counter_ns()
        if wait_ns > 0:
            time.sleep(wait_ns / 1e9)
        start_ns = perf_counter_ns()
        value = one(call(len(times_us)))
        done_ns = perf_counter_ns()
        check("round trip", value, len(times_us) + 1)
        times_us.append((done_ns - start_ns) / 1e3)
        due_ns = max(due_ns + _EVERY_NS, done_ns + _EVERY_NS // 5)
    return {"p50_us": percentile(times_us, 0.5), "p99_us": percentile(times_us, 0.99)}


MEASUREMENT = Measurement(
    name="sparse",
    title="one task every 0.5 ms",
    metrics=(
        Metric("p50_us", "us", "half are faster"),
        Metric("p99_us", "us", "99 of 100 are faster"),
    ),
    run=run,
)
