"""How long a task must be for half of the workers' time to be work, and the efficiency at 35 us.

A task spins for CPU time of its own thread, so a worker that is pushed off its core does not count as working.
Efficiency is the work done divided by elapsed time times workers; the crossing is interpolated on the logarithm
of the task length.
"""

from __future__ import annotations

import math
from time import perf_counter

from ..systems.system import Call, System
from ..tasks import spin
from .measurement import Answer, Measurement, Metric, Setting, check

_STEPS = 7


def efficiency(system: System, call: Call, task_seconds: float, wall_seconds: float) -> float:
    """The share of the workers' time that was work, with tasks of this length."""
    by_length = wall_seconds * system.workers / task_seconds
    count = max(4 * system.workers, int(min(by_length, system.noops_per_second * wall_seconds)))
    start = perf_counter()
    results = system.all([call(task_seconds) for _ in range(count)])
    elapsed = perf_counter() - start
    check("tasks that spun long enough", sum(r >= task_seconds for r in results), count)
    return count * task_seconds / (elapsed * system.workers)


def crossing(system: System, call: Call, wall_seconds: float) -> float:
    """The task length in seconds at which efficiency crosses one half."""
    length = min(0.05, 4 * system.workers / system.noops_per_second)
    here = efficiency(system, call, length, wall_seconds)
    step = 0.5 if here >= 0.5 else 2.0
    for _ in range(_STEPS):
        following = length * step
        there = efficiency(system, call, following, wall_seconds)
        if (here >= 0.5) != (there >= 0.5):
            part = (0.5 - here) / (there - here)
            return math.exp(math.log(length) + part * (math.log(following) - math.log(length)))
        length, here = following, there
    raise ArithmeticError(
        f"efficiency is {here:.0%} at {length * 1e6:.3g} us and did not cross 50 % on the way there: "
        "other programs use the cores, or the system's `noops_per_second` is far off"
    )


def run(system: System, setting: Setting) -> Answer:
    call = system.app(spin)
    wall_seconds = max(0.1, setting.seconds * 0.4)
    efficiency(system, call, 50e-6, wall_seconds)
    half = sorted(crossing(system, call, wall_seconds) for _ in range(1 if setting.quick else 3))
    at_35_us = sorted(efficiency(system, call, 35e-6, wall_seconds) for _ in range(3))[1]
    return {"half_us": half[len(half) // 2] * 1e6, "at_35_us": at_35_us * 100}


MEASUREMENT = Measurement(
    name="granularity",
    title="task length at 50 % efficiency (thread CPU time)",
    metrics=(
        Metric("half_us", "us", "shortest task with half of the workers' time at work"),
        Metric("at_35_us", "%", "efficiency of tasks of 35 us", lower_is_better=False),
    ),
    run=run,
)
