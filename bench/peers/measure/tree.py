"""A binary reduction tree: leaves, then sums of pairs up to one root."""

from __future__ import annotations

from time import perf_counter

from .. import tasks
from ..systems.system import System
from .measurement import Answer, Measurement, Metric, Setting, burst, check


def run(system: System, setting: Setting) -> Answer:
    leaf, add = system.app(tasks.leaf), system.app(tasks.add)
    leaves = 1 << (burst(system, setting, relative_cost=1.6) // 2).bit_length() - 1
    system.tree(leaf, add, max(2, leaves // 2))
    rates = []
    for _ in range(3):
        start = perf_counter()
        total = system.tree(leaf, add, leaves)
        rates.append((2 * leaves - 1) / (perf_counter() - start))
        check("root of the tree", total, leaves * (leaves - 1) // 2)
    return {"rate": sorted(rates)[1]}


MEASUREMENT = Measurement(
    name="tree",
    title="reduction tree of futures",
    metrics=(Metric("rate", "tasks/s", "leaves and inner nodes", lower_is_better=False),),
    run=run,
)
