"""4,000 results of 1 MB through `map`, consumed as they come: the peak memory of the client."""

from __future__ import annotations

from time import perf_counter

from .. import tasks
from ..procs import forget_peak, peak_rss_bytes
from ..systems.system import System
from .measurement import LOCAL, Answer, Measurement, Metric, Setting, check


def run(system: System, setting: Setting) -> Answer:
    count = 500 if setting.quick else 4_000
    forget_peak()
    start = perf_counter()
    total = 0
    for number, data in enumerate(system.stream(tasks.blob, range(count))):
        check("number in the blob", int.from_bytes(data[:8], "little"), number)
        total += len(data)
    elapsed = perf_counter() - start
    check("bytes in all", total, count * 1_000_000)
    return {"peak_mb": peak_rss_bytes() / 1e6, "mb_per_s": total / 1e6 / elapsed}


MEASUREMENT = Measurement(
    name="stream",
    title="4,000 results of 1 MB, consumed as they come",
    metrics=(
        Metric("peak_mb", "MB", "peak resident memory of the client"),
        Metric("mb_per_s", "MB/s", "results received", lower_is_better=False),
    ),
    run=run,
    systems=LOCAL,
    shares_child=False,
    absolute=True,
    rounds=1,
)
