"""The files a screening leaves: ranking.csv, library.csv with the last model's guesses, the best poses, and the report."""

from __future__ import annotations

import csv
from pathlib import Path

import report
from facts import Facts

POSES = 12


def write(facts: Facts, folder: Path) -> list[Path]:
    """Write them all; nothing in the two tables depends on time, engine or number of workers."""
    ranking, library, page = folder / "ranking.csv", folder / "library.csv", folder / "report.html"
    _ranking(facts, ranking)
    _library(facts, library)
    poses = folder / "poses"
    poses.mkdir(exist_ok=True)
    for old in poses.glob("*.pdbqt"):
        old.unlink()
    for rank, result in enumerate(facts.ranked()[:POSES], 1):
        (poses / f"{rank:02d}.pdbqt").write_text(result.pose)
    page.write_text(report.page(facts), encoding="utf-8")
    return [ranking, library, poses, page]


def _ranking(facts: Facts, path: Path) -> None:
    last = facts.outcome.passes[-1].guesses
    chosen = facts.chosen_as()
    with path.open("w", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(
            [
                "rank",
                "smiles",
                "score_kcal_mol",
                "guess_kcal_mol",
                "chosen_as",
                "round",
                "measured_nm",
                "active",
            ]
        )
        for rank, result in enumerate(facts.ranked(), 1):
            batch, smiles = chosen[result.smiles], result.smiles
            values = [f"{result.score:.3f}", f"{last[smiles]:.3f}", batch.kind, batch.round]
            rows.writerow([rank, smiles, *values, facts.measured.get(smiles, ""), int(facts.active(smiles))])


def _library(facts: Facts, path: Path) -> None:
    last = facts.outcome.passes[-1].guesses
    docked = {result.smiles: result.score for result in facts.ranked()}
    fit = {m.smiles for m in facts.candidates}
    with path.open("w", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["smiles", "guess_kcal_mol", "score_kcal_mol", "fit_to_dock", "measured_nm"])
        for smiles in sorted(last, key=lambda line: (last[line], line)):
            score = docked.get(smiles)
            shown = "" if score is None else f"{score:.3f}"
            rows.writerow(
                [
                    smiles,
                    f"{last[smiles]:.3f}",
                    shown,
                    int(smiles in fit),
                    facts.measured.get(smiles, ""),
                ]
            )
