"""The round trip of one task, the next submitted as soon as the result is there.

The 99th percentile needs many samples: 20,000 of Fonio and 5,000 of the standard library in every round, whatever
they take; of slower systems as many as come within the set time.
"""

from __future__ import annotations

from time import perf_counter_ns

from ..systems.system import System
from ..tasks import inc
from .measurement import WITH_STAR, Answer, Measurement, Metric, Setting, check, percentile


_SAMPLES = {"fonio": 20_000, "processpool": 5_000, "pool": 5_000}


def run(system: System, setting: Setting) -> Answer:
    call, one = system.app(inc), system.one
    end_ns = perf_counter_ns() + int(setting.seconds * 1e9)
    while perf_counter_ns() < end_ns:
        one(call(1))
    least = _SAMPLES.get(system.name, 100)
    times_us: list[float] = []
    end_ns = perf_counter_ns() + int(setting.seconds * 1.5e9)
    now_ns = perf_counter_ns()
    while now_ns < end_ns or len(times_us) < least:
        start_ns = now_ns
        value = one(call(len(times_us)))
        now_ns = perf_counter_ns()
        check("round trip", value, len(times_us) + 1)
        times_us.append((now_ns - start_ns) / 1e3)
        now_ns = perf_counter_ns()
    return {
        "p50_us": percentile(times_us, 0.5),
        "p99_us": percentile(times_us, 0.99),
        "samples": float(len(times_us)),
    }


MEASUREMENT = Measurement(
    name="roundtrip",
    title="round trip of one task, back to back",
    metrics=(
        Metric("p50_us", "us", "half are faster"),
        Metric("p99_us", "us", "99 of 100 are faster"),
        Metric("samples", "", "round trips timed in a round", lower_is_better=False),
    ),
    run=run,
    systems=WITH_STAR,
)
