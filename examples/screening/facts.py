"""Everything a finished screening knows, and the questions that the files it writes ask of it."""

from __future__ import annotations

from dataclasses import dataclass

from campaign import Batch, Campaign
from chemistry import Properties
from docking import Docked, Search
from library import Library
from screening import Outcome, Pass, Stage
from targets import ACTIVE_NM, Target


@dataclass(frozen=True)
class Facts:
    """What the report is written from."""

    target: Target
    search: Search
    program: str
    engine: str
    workers: int
    command: str
    smiles_file: str | None
    library: Library
    candidates: list[Properties]
    measured: dict[str, float]
    campaign: Campaign
    outcome: Outcome
    preparation: Stage
    account: dict[str, float] | None
    wall_seconds: float

    def active(self, smiles: str) -> bool:
        """Whether the molecule is a known active of the target."""
        return self.measured.get(smiles, float("inf")) <= ACTIVE_NM

    def batches(self) -> list[Batch]:
        """The batches in the order of the rounds, whatever the order in which they were docked."""
        return sorted(
            self.campaign.batches,
            key=lambda batch: (batch.round, batch.kind != "control", batch.kind),
        )

    def ranked(self) -> list[Docked]:
        """What was docked with a score, best first."""
        scored = [result for result in self.outcome.results.values() if result.score is not None]
        return sorted(scored, key=lambda result: (result.score, result.smiles))

    def chosen_as(self) -> dict[str, Batch]:
        """The batch of each molecule."""
        return {smiles: batch for batch in self.campaign.batches for smiles in batch.smiles}

    def found(self, kind: str) -> tuple[int, int]:
        """How many known actives the batches of this kind hold, and how many molecules."""
        smiles = [line for batch in self.campaign.batches if batch.kind == kind for line in batch.smiles]
        return sum(self.active(line) for line in smiles), len(smiles)

    def unseen(self, look: Pass, number: int) -> list[tuple[float, bool]]:
        """Guess and activity of each candidate that no docking before this pass had touched."""
        seen = {smiles for batch in self.campaign.batches if batch.round <= number for smiles in batch.smiles}
        return [(look.guesses[m.smiles], self.active(m.smiles)) for m in self.candidates if m.smiles not in seen]

    def docked_blind(self) -> list[tuple[float, bool]]:
        """Score and activity of each docked molecule that the model had no hand in choosing."""
        blind = {s for batch in self.campaign.batches if batch.kind != "best" for s in batch.smiles}
        return [(r.score, self.active(r.smiles)) for r in self.ranked() if r.smiles in blind and r.score is not None]

    def problems(self) -> dict[str, int]:
        """Every reason for which a molecule was left out, with a count."""
        counts = dict(self.library.problems)
        for result in self.outcome.results.values():
            if result.problem is not None:
                name = f"docking: {result.problem}"
                counts[name] = counts.get(name, 0) + 1
        return counts

    def sentence(self) -> str:
        """The result in one sentence."""
        best = self.ranked()
        words = f"{self.target.name}: {len(best)} of {len(self.candidates):,} candidates docked"
        words += f", the best at {best[0].score:.2f} kcal/mol" if best else ""
        (hits, chosen), (luck, randoms) = self.found("best"), self.found("random")
        if chosen and any(self.active(m.smiles) for m in self.candidates):
            words += f"; known actives: {hits} of {chosen} that the model chose, {luck} of {randoms} drawn at random"
        return words + "."
