"""One argument and one result of 100 MB."""

from __future__ import annotations

from time import perf_counter

from .. import tasks
from ..systems.system import System
from .measurement import Answer, Measurement, Metric, Setting, check

_BYTES = 100_000_000


def run(system: System, setting: Setting) -> Answer:
    size, blob = system.app(tasks.size), system.app(tasks.blob)
    data = bytes(_BYTES)
    arguments, results = [], []
    system.one(size(data[:1000]))
    for turn in range(2 if setting.quick else 4):
        start = perf_counter()
        check("size of the argument", system.one(size(data)), _BYTES)
        middle = perf_counter()
        got = system.one(blob(turn, _BYTES))
        end = perf_counter()
        check("result", (len(got), got[0]), (_BYTES, turn))
        del got
        arguments.append(middle - start)
        results.append(end - middle)
    arguments, results = sorted(arguments[1:]), sorted(results[1:])
    return {
        "argument_s": arguments[len(arguments) // 2],
        "result_s": results[len(results) // 2],
    }


MEASUREMENT = Measurement(
    name="large",
    title="an argument and a result of 100 MB",
    metrics=(
        Metric("argument_s", "s", "bytes to a worker, its length back"),
        Metric("result_s", "s", "bytes back from a worker"),
    ),
    run=run,
    shares_child=False,
    peer_rounds=1,
)
