"""The round trip of one task, the next submitted as soon as the result is there."""

from __future__ import annotations

from time import perf_counter_ns

from ..systems.system import System
from ..tasks import inc
from .measurement import Answer, Measurement, Metric, Setting, check, percentile


def run(system: System, setting: Setting) -> Answer:
    call, one = system.app(inc), system.one
    end_ns = perf_counter_ns() + int(setting.seconds * 0.5e9)
    while perf_counter_ns() < end_ns:
        one(call(1))
    times_us: list[float] = []
    end_ns = perf_counter_ns() + int(setting.seconds * 1.5e9)
    now_ns = perf_counter_ns()
    while now_ns < end_ns and len(times_us) < 20_000:
        start_ns = now_ns
        value = one(call(len(times_us)))
        now_ns = perf_counter_ns()
        check("round trip", value, len(times_us) + 1)
        times_us.append((now_ns - start_ns) / 1e3)
    return {"p50_us": percentile(times_us, 0.5), "p99_us": percentile(times_us, 0.99)}


MEASUREMENT = Measurement(
    name="roundtrip",
    title="round trip of one task, back to back",
    metrics=(
        Metric("p50_us", "us", "half are faster"),
        Metric("p99_us", "us", "99 of 100 are faster"),
    ),
    run=run,
)
