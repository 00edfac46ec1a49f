"""The no-op rate with 1, 2, 4 and 8 workers, in repetitions that take turns.

Bursts are half as long as elsewhere, after a warm-up of two, so that seven repetitions take less than a minute.
"""

from __future__ import annotations

from time import perf_counter

from .. import tasks
from ..systems.system import System
from .measurement import Answer, Measurement, Metric, Setting, burst, check


def run(system: System, setting: Setting) -> Answer:
    call = system.app(tasks.noop)
    count = max(20, burst(system, setting) // 2)
    system.all([call() for _ in range(2 * count)])
    rates = []
    for _ in range(3):
        start = perf_counter()
        results = system.all([call() for _ in range(count)])
        rates.append(count / (perf_counter() - start))
        check("no-op results", results.count(None), count)
    return {"rate": sorted(rates)[1]}


MEASUREMENT = Measurement(
    name="workers",
    title="no-op rate with 1, 2, 4, 8 workers",
    metrics=(Metric("rate", "tasks/s", "no-op tasks", lower_is_better=False),),
    run=run,
    shares_child=False,
    absolute=True,
    worker_counts=(1, 2, 4, 8),
    rounds=7,
    peer_rounds=1,
)
