"""What Fonio must reach beside its peers: each bar is compared round by round.

A ratio is taken within each round, where both were measured within a minute of each other. The bar holds when every
round holds it, is missed when none does, and the answer is inconclusive in between. Rows with another number of
rounds are compared by their extremes. A value that brings its own interval is judged by both ends of it,
and so is the least number of workers against the best, whose interval is found by bootstrap over rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from .bootstrap import interval
from .results import Key, Results


@dataclass(frozen=True)
class Bar:
    """One line of the table: `measure` of Fonio, over that of the best of `against` when there is one."""

    title: str
    measure: tuple[str, str]
    against: tuple[str, ...]
    bar: float
    aim: float
    at_least: bool = False
    workers: int = 2
    system: str = "fonio"
    unit: str = "x"

    def holds(self, value: float, limit: float) -> bool:
        """Whether this value is on the right side of the limit."""
        return value >= limit if self.at_least else value <= limit


@dataclass(frozen=True)
class Verdict:
    """A bar with what was measured."""

    bar: Bar
    against: str
    value: float | None
    low: float | None
    high: float | None
    word: str

    def as_json(self) -> dict[str, Any]:
        """The line for machines."""
        return {
            "what": self.bar.title,
            "against": self.against,
            "relation": ">=" if self.bar.at_least else "<=",
            "bar": self.bar.bar,
            "aim": self.bar.aim,
            "unit": self.bar.unit,
            "measured": self.value,
            "min": self.low,
            "max": self.high,
            "verdict": self.word,
        }


_DATAFLOW = ("parsl", "parsl-fast", "dask", "ray", "ray-actors")


def _metg(width: int) -> Bar:
    return Bar(
        f"METG stencil width {width} against OpenMP",
        ("taskbench", f"stencil{width}_against_openmp"),
        (),
        1.0,
        0.2,
        system="fonio-threads",
    )


def _star(title: str, against: str, bar: float, aim: float, system: str = "fonio-htex") -> Bar:
    return Bar(title, ("noop", "rate"), (against,), bar, aim, True, system=system)


BARS = (
    Bar("no-op, one by one", ("noop", "rate"), ("parsl",), 600, 1300, True),
    Bar("no-op, one by one", ("noop", "rate"), ("parsl-fast",), 200, 450, True),
    Bar("f(i, i+1) -> tuple", ("tuple", "rate"), ("ray",), 250, 400, True),
    Bar("f(i, i+1) -> tuple", ("tuple", "rate"), ("ray-actors",), 100, 180, True),
    Bar("f(i, i+1) -> tuple", ("tuple", "rate"), ("dask",), 600, 1000, True),
    Bar("f(i, i+1) -> tuple", ("tuple", "rate"), ("pool",), 10, 18, True),
    Bar("CPU of all processes per no-op", ("noop", "cpu_us"), ("pool",), 0.1, 0.05),
    Bar("map of 1,000,000 ints", ("map", "rate"), ("pool",), 0.7, 1.0, True),
    Bar("round trip back to back, p50", ("roundtrip", "p50_us"), ("processpool",), 0.25, 0.1),
    Bar("round trip back to back, p99", ("roundtrip", "p99_us"), ("processpool",), 0.5, 0.5),
    Bar("one task every 0.5 ms, p50", ("sparse", "p50_us"), ("processpool",), 1.0, 0.5),
    Bar("chain, per hop", ("chain", "hop_us"), ("parsl",), 1 / 160, 1 / 600),
    Bar("reduction tree", ("tree", "rate"), _DATAFLOW, 50, 150, True),
    Bar("task length at 50 % efficiency", ("granularity", "half_us"), ("pool",), 0.25, 0.12),
    Bar("efficiency at 35 us", ("granularity", "at_35_us"), (), 75, 85, True, unit="%"),
    Bar("start to first result", ("start", "first_s"), (), 0.4, 0.15, unit="s"),
    Bar("start to clean exit", ("start", "exit_s"), (), 0.6, 0.25, unit="s"),
    Bar("bytes per queued task", ("queued", "bytes"), (), 256, 180, unit="B"),
    Bar("100,000 outstanding: another thread", ("beside", "share"), (), 0.9, 0.9, True),
    Bar("idle memory, 2 workers, after 100 tasks", ("idle", "rss_mb"), (), 160, 110, unit="MB"),
    Bar("idle CPU, 8 workers", ("idle", "cores"), (), 0.01, 0.002, workers=8, unit="cores"),
    Bar("workers killed: lost", ("kill", "lost"), (), 0, 0, unit="tasks"),
    Bar("workers killed: doubled", ("kill", "doubled"), (), 0, 0, unit="results"),
    Bar("workers killed: longer by", ("kill", "more_s"), (), 1.0, 0.2, unit="s"),
    Bar("4,000 x 1 MB: client's peak", ("stream", "peak_mb"), (), 512, 512, unit="MB"),
    Bar("100 MB argument", ("large", "argument_s"), ("pool",), 1.0, 0.5),
    Bar("100 MB result", ("large", "result_s"), ("pool",), 1.0, 0.5),
    Bar("Java client, 2 Java workers, no-op", ("java", "rate"), ("supplyasync",), 0.25, 0.75, True),
    _metg(2),
    _metg(8),
    Bar("10,000 managers: rate", ("interchange", "rate"), (), 1e6, 3e6, True, unit="tasks/s"),
    Bar("10,000 managers: each", ("interchange", "loaded_bytes"), (), 12e3, 8e3, unit="B"),
    Bar("100,000 workers against 100: CPU", ("interchange", "workers_ratio"), (), 2.0, 1.2),
    Bar(
        "Java client, 2 managers over TCP against direct",
        ("java", "rate"),
        ("fonio",),
        0.2,
        0.5,
        True,
        system="fonio-htex",
    ),
    Bar(
        "Java client, 2 managers: TLS against clear text",
        ("java", "rate"),
        ("fonio-htex",),
        0.5,
        0.8,
        True,
        system="fonio-tls",
    ),
    _star("2 managers over TCP: no-op against direct", "fonio", 0.5, 0.9),
    _star("2 managers over TCP: no-op against Parsl", "parsl", 300, 900),
    _star("TLS: no-op against clear text", "fonio-htex", 0.85, 0.95, "fonio-tls"),
    _star("durable: no-op against without a journal", "fonio", 0.5, 0.8, "fonio-durable"),
    Bar(
        "manager killed: known after, p95",
        ("managers", "known_ms"),
        (),
        100,
        50,
        system="fonio-htex",
        unit="ms",
    ),
    Bar(
        "block start to manager, local",
        ("managers", "block_s"),
        (),
        0.5,
        0.2,
        system="fonio-htex",
        unit="s",
    ),
)


def verdicts(results: Results) -> list[Verdict]:
    """All bars judged, in the order of the table; those of measurements that were not asked for are left out."""
    asked = {key.measurement for key in results.rows}
    found = [_judge(bar, results) for bar in BARS if bar.measure[0] in asked]
    return [*found, *_least_against_best(results)]


def _judge(bar: Bar, results: Results) -> Verdict:
    own = results.values(Key(*bar.measure, bar.system, bar.workers))
    peer = _best(bar, results)
    if not own or (bar.against and peer is None):
        return Verdict(bar, peer or "/".join(bar.against), None, None, None, "not measured")
    if peer is None:
        key = Key(*bar.measure, bar.system, bar.workers)
        own_interval = results.intervals.get(key)
        values = [own_interval.low, own_interval.high] if own_interval else list(own.values())
        return _verdict(bar, "", values, median(own.values()))
    other = results.values(Key(*bar.measure, peer, bar.workers))
    if own.keys() == other.keys():
        ratios = [own[turn] / other[turn] for turn in own]
    else:
        ratios = [min(own.values()) / max(other.values()), max(own.values()) / min(other.values())]
    return _verdict(bar, peer, ratios, median(own.values()) / median(other.values()))


def _best(bar: Bar, results: Results) -> str | None:
    medians = {
        system: value
        for system in bar.against
        if (value := results.median(Key(*bar.measure, system, bar.workers))) is not None
    }
    if not medians:
        return None
    choose = max if bar.at_least else min
    return choose(medians, key=lambda system: medians[system])


def _verdict(bar: Bar, against: str, values: list[float], middle: float) -> Verdict:
    holding = sum(bar.holds(value, bar.bar) for value in values)
    if holding == len(values):
        word = "aim reached" if bar.holds(middle, bar.aim) else "holds"
    else:
        word = "inconclusive" if holding else "MISSED"
    return Verdict(bar, against, middle, min(values), max(values), word)


def _least_against_best(results: Results) -> list[Verdict]:
    bar = Bar("1, 2, 4, 8 workers: least against best", ("workers", "rate"), (), 0.75, 0.9, True)
    rows = [results.values(Key("workers", "rate", "fonio", workers)) for workers in (1, 2, 4, 8)]
    turns = sorted(set.intersection(*(set(row) for row in rows)))
    if not turns:
        return []

    def ratio(drawn: Sequence[int]) -> float:
        medians = [median(row[turn] for turn in drawn) for row in rows]
        return min(medians) / max(medians)

    found = interval(turns, ratio)
    return [_verdict(bar, "", [found.low, found.high], ratio(turns))]
