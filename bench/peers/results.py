"""What was measured: one row for each system, measurement, worker count and metric, a value for each round.

A measurement that takes turns within one process gives one value with the interval in which it lies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True, order=True)
class Key:
    """Names a row."""

    measurement: str
    metric: str
    system: str
    workers: int = 2


@dataclass(frozen=True)
class Interval:
    """Where a value lies that was found over all repetitions at once."""

    low: float
    high: float


@dataclass(frozen=True)
class Problem:
    """A measurement that gave no number."""

    system: str
    measurement: str
    text: str
    cannot: bool = False


@dataclass
class Results:
    """Rows and problems of one run, with the machine they were found on."""

    machine: Mapping[str, Any]
    quick: bool
    rows: dict[Key, dict[int, float]] = field(default_factory=dict)
    intervals: dict[Key, Interval] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    load_after: str = ""
    seconds: float = 0.0

    def add(self, key: Key, turn: int, value: float) -> None:
        """Notes the value of one round."""
        self.rows.setdefault(key, {})[turn] = value

    def add_with_interval(self, key: Key, value: float, interval: Interval) -> None:
        """Notes a value that brings its own spread."""
        self.rows[key] = {0: value}
        self.intervals[key] = interval

    def problem(self, problem: Problem) -> None:
        """Notes a measurement that gave no number, once."""
        if problem not in self.problems:
            self.problems.append(problem)

    def values(self, key: Key) -> dict[int, float]:
        """The values of a row by round; none when it was not measured."""
        return self.rows.get(key, {})

    def median(self, key: Key) -> float | None:
        """The middle value of a row."""
        values = self.values(key)
        return median(values.values()) if values else None

    def spread(self, key: Key) -> Interval | None:
        """The interval of a row: its own, or the least and most of its rounds."""
        values = self.values(key).values()
        if not values:
            return None
        return self.intervals.get(key, Interval(min(values), max(values)))

    def failed(self, system: str) -> bool:
        """Whether a measurement of this system broke."""
        return any(p.system == system and not p.cannot for p in self.problems)

    def finish(self, load_after: str, seconds: float) -> None:
        """Closes the account."""
        self.load_after = load_after
        self.seconds = seconds

    def as_json(self, verdicts: list[Any]) -> dict[str, Any]:
        """Everything, for machines."""
        return {
            "machine": dict(self.machine),
            "load_after": self.load_after,
            "seconds": round(self.seconds, 1),
            "quick": self.quick,
            "bars": [verdict.as_json() for verdict in verdicts],
            "rows": [
                {
                    "measurement": key.measurement,
                    "metric": key.metric,
                    "system": key.system,
                    "workers": key.workers,
                    "median": median(values.values()),
                    "min": spread.low,
                    "max": spread.high,
                    "values": [values[turn] for turn in sorted(values)],
                }
                for key, values in self.rows.items()
                if (spread := self.spread(key)) is not None
            ],
            "problems": [vars(problem) for problem in self.problems],
        }
