"""A map of one function over many ints, each system in its best way (1,000,000 where it can)."""

from __future__ import annotations

from time import perf_counter

from ..systems.system import System
from ..tasks import inc
from .measurement import Answer, Measurement, Metric, Setting, check

_CHUNKED = {"fonio": 1_000_000, "pool": 1_000_000, "processpool": 300_000, "ray": 100_000}


def run(system: System, setting: Setting) -> Answer:
    count = _CHUNKED.get(system.name, int(system.noops_per_second * setting.seconds))
    system.map(inc, range(max(8, count // 4)))
    rates = []
    for _ in range(3 if count >= 100_000 else 1):
        start = perf_counter()
        results = system.map(inc, range(count))
        rates.append(count / (perf_counter() - start))
        check("mapped", results, list(range(1, count + 1)))
        del results
    return {"rate": sorted(rates)[len(rates) // 2]}


MEASUREMENT = Measurement(
    name="map",
    title="list(map(f, range(1_000_000)))",
    metrics=(Metric("rate", "calls/s", "all results in a list", lower_is_better=False),),
    run=run,
)
