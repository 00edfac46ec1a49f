"""The plan of a screening: which molecules are docked next, decided by the scores so far and by nothing else.

Pure: no clock, no file, no engine. `to_dock` says what has become due, `record` takes a score, `training` says when a model is
wanted and of what, `choose` takes its guesses. The random half of every round is drawn at the start, so it waits for no score;
with `stream` it is due one round early and fills the gap that the slowest docking of a round leaves. A model is always
trained on the same finished rounds, in the same order, so both ways, and any number of workers, dock the same molecules.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import docking
from chemistry import Properties


@dataclass(frozen=True)
class Plan:
    """How many molecules are docked and how they are chosen."""

    rounds: int = 2
    first: int = 24
    controls: int = 6
    best: int = 12
    randoms: int = 12
    seed: int = 42
    stream: bool = False


@dataclass(frozen=True)
class Batch:
    """Molecules chosen together: `kind` is 'control', 'first', 'best' or 'random'; the first round is number 0."""

    round: int
    kind: str
    smiles: tuple[str, ...]


class Campaign:
    """The state of one screening."""

    def __init__(self, candidates: Sequence[Properties], actives: set[str], plan: Plan) -> None:
        self.plan = plan
        self.scores: dict[str, float | None] = {}
        self._sizes = {m.smiles: docking.expected_seconds(m.heavy_atoms, m.rotatable_bonds) for m in candidates}
        shuffled = sorted(self._sizes)
        random.Random(plan.seed).shuffle(shuffled)
        controls = [smiles for smiles in shuffled if smiles in actives][: min(plan.controls, plan.first)]
        others = iter([smiles for smiles in shuffled if smiles not in set(controls)])
        first = tuple(islice(others, plan.first - len(controls)))
        self.batches = [Batch(0, "control", tuple(controls)), Batch(0, "first", first)]
        self._drawn = [Batch(number, "random", tuple(islice(others, plan.randoms))) for number in range(1, plan.rounds + 1)]
        self._reserved = {s for batch in self.batches + self._drawn for s in batch.smiles}
        self._due = [self._longest_first(tuple(controls) + first)]
        if plan.stream:
            self._add_randoms(1)
        self._chosen_rounds = 0

    def to_dock(self) -> list[str]:
        """The molecules that became due since the last call, in the order in which they should start."""
        due = [smiles for wave in self._due for smiles in wave]
        self._due = []
        return due

    def record(self, smiles: str, score: float | None) -> None:
        """Take the score of a docked molecule, or None for one that could not be docked."""
        self.scores[smiles] = score

    def training(self) -> tuple[list[str], list[float]] | None:
        """What the next model is trained on, once all of it is docked; None while it is not, or when no round is left."""
        if self._chosen_rounds == self.plan.rounds:
            return None
        needed = self._docked_before(self._chosen_rounds + 1)
        if not all(smiles in self.scores for smiles in needed):
            return None
        return self.scored(needed)

    def choose(self, guesses: Mapping[str, float]) -> Batch:
        """The best molecules by the model's guesses, which become due together with the round's random ones."""
        number = self._chosen_rounds = self._chosen_rounds + 1
        free = [smiles for smiles in self._sizes if smiles not in self._reserved]
        best = sorted(free, key=lambda smiles: (guesses[smiles], smiles))[: self.plan.best]
        batch = Batch(number, "best", tuple(best))
        self.batches.append(batch)
        self._reserved.update(best)
        if self.plan.stream:
            self._due.append(self._longest_first(batch.smiles))
            self._add_randoms(number + 1)
        else:
            self.batches.append(self._drawn[number - 1])
            self._due.append(self._longest_first(batch.smiles + self._drawn[number - 1].smiles))
        return batch

    def finished(self) -> bool:
        """Whether every round was chosen and everything chosen was docked."""
        return self._chosen_rounds == self.plan.rounds and all(s in self.scores for b in self.batches for s in b.smiles)

    def scored(self, smiles: Sequence[str] | None = None) -> tuple[list[str], list[float]]:
        """The molecules that have a score, in the order of the rounds, and their scores."""
        order = self._docked_before(self.plan.rounds + 1) if smiles is None else smiles
        pairs = [(line, score) for line in order if (score := self.scores.get(line)) is not None]
        return [line for line, _ in pairs], [score for _, score in pairs]

    def total(self) -> int:
        """How many molecules are docked in the whole screening, as far as there are enough candidates."""
        fixed = len(self._reserved - {s for b in self.batches if b.kind == "best" for s in b.smiles})
        return min(len(self._sizes), fixed + self.plan.best * self.plan.rounds)

    def _docked_before(self, number: int) -> list[str]:
        batches = sorted((b for b in self.batches if b.round < number), key=lambda b: (b.round, b.kind))
        return [smiles for batch in batches for smiles in batch.smiles]

    def _add_randoms(self, number: int) -> None:
        if number <= self.plan.rounds:
            self.batches.append(self._drawn[number - 1])
            self._due.append(self._longest_first(self._drawn[number - 1].smiles))

    def _longest_first(self, smiles: tuple[str, ...]) -> list[str]:
        return sorted(smiles, key=lambda line: (-self._sizes[line], line))
