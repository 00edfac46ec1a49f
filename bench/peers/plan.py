"""The order in which systems are measured: round by round, the first of each round another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .measure.measurement import Measurement
from .systems import PEERS


@dataclass(frozen=True)
class Plan:
    """What is asked for."""

    names: tuple[str, ...]
    systems: tuple[str, ...]
    quick: bool
    rounds: int
    thorough: bool = False
    """Whether absolute measurements are put to the others too."""


@dataclass(frozen=True)
class Job:
    """One process of one system and the measurements put to it."""

    system: str
    workers: int
    measurements: tuple[str, ...]
    round: int


def jobs(plan: Plan, known: Mapping[str, Measurement]) -> list[Job]:
    """All jobs, interleaved so that a slow minute of the machine meets every system."""
    chosen = [known[name] for name in plan.names if name in known]
    most = max((_rounds(plan, m, s) for m in chosen for s in plan.systems), default=0)
    return [job for turn in range(most) for job in _round(plan, chosen, turn)]


def _round(plan: Plan, chosen: list[Measurement], turn: int) -> Iterator[Job]:
    first = turn % len(plan.systems)
    order = plan.systems[first:] + plan.systems[:first]
    for system in order:
        asked = [m for m in chosen if turn < _rounds(plan, m, system)]
        shared = tuple(m.name for m in asked if m.shares_child)
        if shared:
            yield Job(system, 2, shared, turn)
    for measurement in (m for m in chosen if not m.shares_child):
        counts = measurement.worker_counts
        for workers in counts[turn % len(counts) :] + counts[: turn % len(counts)]:
            for system in order:
                if turn < _rounds(plan, measurement, system):
                    yield Job(system, workers, (measurement.name,), turn)


def _rounds(plan: Plan, measurement: Measurement, system: str) -> int:
    if system not in measurement.systems:
        return 0
    if measurement.absolute and system != "fonio" and not plan.thorough:
        return 0
    wanted = measurement.rounds or plan.rounds
    if system != "fonio" and measurement.absolute or system in PEERS:
        wanted = min(wanted, measurement.peer_rounds or plan.rounds)
    if plan.quick:
        return min(
            wanted, 1 if measurement.absolute and measurement.name != "workers" else plan.rounds
        )
    return wanted
