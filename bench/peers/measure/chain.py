"""A chain of dependent tasks: 10,000 hops where the system can do them within the set time."""

from __future__ import annotations

from time import perf_counter

from ..systems.system import System
from ..tasks import inc
from .measurement import CHAINING, Answer, Measurement, Metric, Setting, check

_HOPS_PER_SECOND = {
    "fonio": 100_000,
    "parsl": 350,
    "parsl-fast": 700,
    "dask": 170,
    "ray": 600,
    "ray-actors": 1_100,
    "ray-compiled": 20_000,
}


def run(system: System, setting: Setting) -> Answer:
    call = system.app(inc)
    per_second = _HOPS_PER_SECOND.get(system.name, 4_000)
    hops = max(50, min(10_000, int(per_second * setting.seconds)))
    if system.name == "fonio":
        hops = 10_000
    step = system.hops_at_once
    hops = max(1, hops // step) * step
    system.chain(call, max(1, hops // 2 // step) * step)
    times_us = []
    for _ in range(3):
        start = perf_counter()
        value = system.chain(call, hops)
        times_us.append((perf_counter() - start) / hops * 1e6)
        check("end of the chain", value, hops)
    return {"hop_us": sorted(times_us)[1]}


MEASUREMENT = Measurement(
    name="chain",
    title="chain of 10,000 dependent tasks (fewer for slow systems)",
    metrics=(Metric("hop_us", "us", "per hop"),),
    run=run,
    systems=CHAINING,
)
