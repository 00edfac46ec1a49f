"""A small tuple in and out: `f(i, i + 1)` submitted one by one."""

from __future__ import annotations

from time import perf_counter

from .. import tasks
from ..systems.system import System
from .measurement import Answer, Measurement, Metric, Setting, burst, check


def run(system: System, setting: Setting) -> Answer:
    call = system.app(tasks.pair)
    count = burst(system, setting, relative_cost=1.3)
    system.all([call(i, i + 1) for i in range(max(20, count // 2))])
    rates = []
    for _ in range(3):
        start = perf_counter()
        results = system.all([call(i, i + 1) for i in range(count)])
        rates.append(count / (perf_counter() - start))
        check("tuples", [tuple(r) for r in results], [(i, i + 1) for i in range(count)])
        del results
    return {"rate": sorted(rates)[1]}


MEASUREMENT = Measurement(
    name="tuple",
    title="f(i, i + 1) returning a tuple",
    metrics=(Metric("rate", "tasks/s", "tuple in, tuple out", lower_is_better=False),),
    run=run,
)
