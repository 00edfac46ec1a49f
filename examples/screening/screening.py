"""One screening from end to end: asks the campaign what to do, has an engine do it, keeps what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import surrogate
from campaign import Campaign
from docking import Docked, Program, Search, dock
from engines import Engine, Failure
from records import Records
from surrogate import Surrogate


@dataclass
class Stage:
    """The account of one kind of task: how many, how many failed, and the seconds they worked, as measured inside them."""

    tasks: int = 0
    failed: int = 0
    work_seconds: float = 0.0
    wall_seconds: float = 0.0


@dataclass(frozen=True)
class Pass:
    """One look of a model at the whole library: how many dockings it was trained on, and a guess for every molecule."""

    trained_on: int
    guesses: dict[str, float]


@dataclass
class Outcome:
    """All that the report is made of, beside the campaign itself."""

    results: dict[str, Docked] = field(default_factory=dict)
    passes: list[Pass] = field(default_factory=list)
    docking: Stage = field(default_factory=Stage)
    inference: Stage = field(default_factory=Stage)
    remembered: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Screening:
    """What one screening works with."""

    engine: Engine
    campaign: Campaign
    search: Search
    program: Program
    library: Sequence[str]
    records: Records
    workers: int
    limit_seconds: float
    tell: Callable[[str], None]

    def run(self) -> Outcome:
        """Dock, learn and choose until every round is done; then let the last model look at the whole library."""
        outcome = Outcome()
        waiting: list[str] = []
        running: set[str] = set()
        while True:
            waiting += self._unknown(self.campaign.to_dock(), outcome)
            if (training := self.campaign.training()) is not None:
                guesses = self._infer(training, outcome)
                batch = self.campaign.choose(guesses)
                self.tell(f"round {batch.round}: the model chose {len(batch.smiles)} molecules, trained on {len(training[0])}")
                continue
            while waiting and len(running) < self.workers:
                smiles = waiting.pop(0)
                running.add(smiles)
                self.engine.call(smiles, dock, smiles, self.search, self.program, limit_seconds=self.limit_seconds)
            if not running:
                break
            clock = time.perf_counter()
            for smiles, answer in self.engine.finished():
                running.discard(smiles)
                self._take(smiles, answer, outcome)
            outcome.docking.wall_seconds += time.perf_counter() - clock
        self._infer(self.campaign.scored(), outcome)
        return outcome

    def _unknown(self, due: list[str], outcome: Outcome) -> list[str]:
        for smiles in due:
            if (known := self.records.known.get(smiles)) is not None:
                outcome.remembered.add(smiles)
                outcome.results[smiles] = known
                self.campaign.record(smiles, known.score)
        return [smiles for smiles in due if smiles not in self.records.known]

    def _take(self, smiles: str, answer: Docked | Failure, outcome: Outcome) -> None:
        stage = outcome.docking
        stage.tasks += 1
        if isinstance(answer, Failure):
            stage.failed += 1
            result = Docked(smiles, None, answer.reason, "", 0, time.time(), 0.0)
        else:
            result = answer
            stage.work_seconds += answer.seconds
            self.records.add(result)
        outcome.results[smiles] = result
        self.campaign.record(smiles, result.score)
        verdict = f"{result.score:6.2f} kcal/mol" if result.score is not None else result.problem
        done, total = len(self.campaign.scores), self.campaign.total()
        self.tell(f"docked {done:3d} of {total}: {verdict}  {result.seconds:4.1f} s  {smiles}")

    def _infer(self, training: tuple[list[str], list[float]], outcome: Outcome) -> dict[str, float]:
        if not training[0]:
            reasons = sorted({str(result.problem) for result in outcome.results.values()})
            raise SystemExit(
                f"None of {len(outcome.results)} dockings gave a score ({', '.join(reasons)}), so there is nothing to learn. "
                "Raise --limit, or look at the molecules."
            )
        clock = time.perf_counter()
        model = surrogate.train(*training)
        guesses = dict(zip(self.library, self._guesses(model, outcome.inference), strict=True))
        outcome.passes.append(Pass(len(training[0]), guesses))
        seconds = time.perf_counter() - clock
        outcome.inference.wall_seconds += seconds
        rate = len(self.library) / seconds
        self.tell(f"inference: {len(self.library):,} molecules in {seconds:.1f} s, {rate:,.0f} a second")
        return guesses

    def _guesses(self, model: Surrogate, stage: Stage) -> Iterator[float]:
        answers: Iterator[Any] = self.engine.map(surrogate.infer, self.library, model)
        for guess, seconds in answers:
            stage.tasks += 1
            stage.work_seconds += seconds
            yield guess
