"""What a measurement is: a question, its metrics, and a function that answers it on a running system."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..systems import CHAINS_ONLY, DURABLE, PEERS, STANDARD, STAR
from ..systems.system import System

CHAINING = ("fonio", *STANDARD, *PEERS)
ALL = tuple(system for system in CHAINING if system not in CHAINS_ONLY)
LOCAL = ("fonio", *STANDARD)
WITH_STAR = (*ALL, *STAR)
WITH_DURABLE = (*WITH_STAR, *DURABLE)


@dataclass(frozen=True)
class Metric:
    """One number of a measurement."""

    name: str
    unit: str
    meaning: str
    lower_is_better: bool = True


@dataclass(frozen=True)
class Setting:
    """How much is run: `seconds` is the aim for one burst, `token` marks the system's processes."""

    seconds: float
    token: str
    quick: bool
    scratch: str


Answer = Mapping[str, float]


@dataclass(frozen=True)
class Measurement:
    """One question. Those with `shares_child` are put to the same warm process, the others to a fresh one each.

    An `absolute` one is judged by its own number: without peers it is put to Fonio alone.
    """

    name: str
    title: str
    metrics: tuple[Metric, ...]
    run: Callable[[System, Setting], Answer] | None
    systems: tuple[str, ...] = ALL
    shares_child: bool = True
    absolute: bool = False
    worker_counts: tuple[int, ...] = (2,)
    rounds: int | None = None
    peer_rounds: int | None = None


class WrongResult(Exception):
    """A system returned something else than the right answer: its number does not count."""


def check(what: str, got: Any, expected: Any) -> None:
    """Refuses an answer that is not right."""
    if got != expected:
        raise WrongResult(f"{what}: expected {str(expected)[:120]}, got {str(got)[:120]}")


def burst(system: System, setting: Setting, relative_cost: float = 1.0) -> int:
    """How many tasks keep this system busy for about the set time, at most 200,000."""
    wanted = system.noops_per_second / relative_cost * setting.seconds
    return max(20, min(200_000, int(wanted)))


def percentile(values: list[float], fraction: float) -> float:
    """The value below which this fraction lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * fraction))]
