"""No-op tasks submitted one by one, then `result()` on each; and what they cost all processes in CPU time."""

from __future__ import annotations

from time import perf_counter

from ..procs import cpu_of_each, cpu_since, members
from ..systems.system import System
from ..tasks import noop
from .measurement import WITH_DURABLE, Answer, Measurement, Metric, Setting, burst, check


def run(system: System, setting: Setting) -> Answer:
    call = system.app(noop)
    count = burst(system, setting)
    system.all([call() for _ in range(max(20, count // 2))])
    rates, submits, cpu_us = [], [], []
    for _ in range(3):
        before = cpu_of_each(members(setting.token))
        start = perf_counter()
        handles = [call() for _ in range(count)]
        submitted = perf_counter()
        results = system.all(handles)
        end = perf_counter()
        cpu = cpu_since(before, setting.token)
        check("no-op results", results.count(None), count)
        rates.append(count / (end - start))
        submits.append(count / (submitted - start))
        cpu_us.append(cpu / count * 1e6)
        del handles, results
    return {
        "rate": sorted(rates)[1],
        "submit_rate": sorted(submits)[1],
        "cpu_us": sorted(cpu_us)[1],
    }


MEASUREMENT = Measurement(
    name="noop",
    title="no-op tasks submitted one by one",
    metrics=(
        Metric("rate", "tasks/s", "submitted and all results held", lower_is_better=False),
        Metric("submit_rate", "tasks/s", "submitting alone", lower_is_better=False),
        Metric("cpu_us", "us", "CPU of all processes per task"),
    ),
    run=run,
    systems=WITH_DURABLE,
)
