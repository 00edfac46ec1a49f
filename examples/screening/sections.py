"""The sections of the report, in the order of reading. Each takes the facts and answers with HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import enrichment
import figures
import pictures
from facts import Facts
from targets import ACTIVE_NM

BEST_SHOWN, TABLE_SHOWN = 12, 24
CARE = (
    "A docking score is a rough guess at a binding energy. It was not compared with an experiment here, and a good one is not a drug.",
    "Known actives come in a few chemical series. A model that finds one of a series finds the rest, so its curve is steeper than it would be for new chemistry.",
    "Molecules that nobody measured on this target are counted as inactive. Some may not be; their charge and polarity were not matched to those of the actives.",
    "The controls among the first dockings are known actives. They are left out of what the model is judged by, but they tell it where to look: start with <code>--controls 0</code> to see it without.",
    "One search per molecule is noisy: another seed moved single scores by several kcal/mol. Repeat what matters with <code>--exhaustiveness 8</code> and other seeds.",
    "A curve of docking over few actives is coarse, and one target says nothing about the next: try another by <code>--target</code>.",
    "The receptor is rigid, without water, in one shape; one tautomer and charge of each molecule was docked, and one isomer where the SMILES names none.",
)


def head(facts: Facts) -> str:
    """Title, result in one sentence, and the figures to remember."""
    best = facts.ranked()
    tiles = [
        (f"{len(facts.library.molecules):,}", "molecules in the library"),
        (f"{len(best)}", "docked with a score"),
    ]
    if best:
        tiles.append((_score(best[0].score), "best score, kcal/mol"))
    (hits, chosen), (luck, randoms) = facts.found("best"), facts.found("random")
    if chosen and _judged(facts):
        tiles += [
            (f"{hits} of {chosen}", "chosen by the model are known actives"),
            (f"{luck} of {randoms}", "drawn at random are"),
        ]
    kept = f", {len(facts.outcome.remembered)} dockings kept from before" if facts.outcome.remembered else ""
    tiles.append(
        (
            f"{facts.wall_seconds:.0f} s",
            f"on {facts.workers} worker{'s' if facts.workers > 1 else ''}{kept}",
        )
    )
    shown = "".join(f'<div class="tile"><b>{value}</b><span>{name}</span></div>' for value, name in tiles)
    return (
        f'<div class="eyebrow">Virtual screening</div><h1>{escape(facts.target.name)}, '
        f"{len(facts.library.molecules):,} molecules</h1>"
        f'<p class="lead">{escape(facts.sentence().replace(" -", " −"))}</p>'
        f'<p class="soft">{escape(facts.program)} &middot; {facts.search.box_angstrom:g} Å box &middot; exhaustiveness '
        f"{facts.search.exhaustiveness} &middot; seed {facts.search.seed} &middot; engine {escape(facts.engine)}</p>"
        f'<div class="tiles">{shown}</div>'
    )


def enriched(facts: Facts) -> str:
    """How much better than chance the model and the docking find known actives."""
    start = "<h2>Does it find what is known to bind?</h2>"
    if not _judged(facts):
        return start + "<p>There are no measured actives of this target among the candidates, so this cannot be said.</p>"
    lines, rows = [], []
    for number, look in enumerate(facts.outcome.passes):
        pairs = facts.unseen(look, number)
        hits = enrichment.ordered(pairs)
        if any(hits):
            name = f"model after {look.trained_on} dockings"
            lines.append((name, enrichment.curve(hits)))
            rows.append(
                (
                    name,
                    len(hits),
                    sum(hits),
                    enrichment.area(pairs),
                    enrichment.factor(hits, 0.01),
                    enrichment.factor(hits, 0.05),
                )
            )
    blind = facts.docked_blind()
    hits = enrichment.ordered(blind)
    docked = [("docking", enrichment.curve(hits))] if any(hits) else []
    if docked:
        rows.append(
            (
                "docking, of what the model did not choose",
                len(hits),
                sum(hits),
                enrichment.area(blind),
                None,
                None,
            )
        )
    table = _table(
        ("Order by", "molecules", "actives", "AUC", "best 1 %", "best 5 %"),
        ((escape(n), f"{a:,}", str(b), _figure(c), _times(d), _times(e)) for n, a, b, c, d, e in rows),
    )
    return (
        f"{start}<p>The model sees docking scores only, never an activity. A known active binds at {ACTIVE_NM:g} nM or below; "
        "each curve leaves out what was docked before it, controls included.</p>"
        f'<div class="pair">{_curves("The model, over all candidates not docked yet", "share of the candidates looked at", lines)}'
        f"{_curves('Docking, over what the model did not choose', 'share of the dockings looked at', docked)}</div>"
        f'<div class="box">{table}</div><p class="note">AUC: the chance that an active stands before another molecule; 0.5 is luck. '
        "Best 1 %: how many times more actives it holds than a random share.</p>"
    )


def scores(facts: Facts) -> str:
    """The docking scores of each batch."""
    names = {
        "control": "controls",
        "first": "first,\nat random",
        "best": "chosen",
        "random": "at random",
    }
    columns = []
    for batch in facts.batches():
        dots = [
            (result.score, facts.active(smiles), smiles)
            for smiles in batch.smiles
            if (result := facts.outcome.results.get(smiles)) is not None and result.score is not None
        ]
        where = f"{names[batch.kind]}\nround {batch.round}" if batch.round else names[batch.kind]
        columns.append((where, batch.kind, dots))
    key = '<i class="best"></i>chosen by the model|<i class="random"></i>drawn at random|<i class="first"></i>first dockings|<i class="active"></i>known active'
    return (
        "<h2>Scores, batch by batch</h2><p>Each dot is one docked molecule; the line is the median of its batch.</p>"
        f"<figure>{figures.strips(columns)}{_key(key)}</figure>"
    )


def molecules(facts: Facts) -> str:
    """The best molecules, drawn and listed."""
    chosen, cards, rows = facts.chosen_as(), [], []
    last = facts.outcome.passes[-1].guesses
    for rank, result in enumerate(facts.ranked()[:TABLE_SHOWN], 1):
        smiles, nm = result.smiles, facts.measured.get(result.smiles)
        known = facts.active(smiles)
        kind = chosen[smiles].kind
        origin = {
            "control": "control",
            "first": "first batch",
            "best": f"model, round {chosen[smiles].round}",
        }.get(kind, "random")
        badge = f'<span class="badge hit">active, {nm:.3g} nM</span> ' if known and nm is not None else ""
        if rank <= BEST_SHOWN:
            top = f'<div class="top"><span>{rank}</span><b>{_score(result.score)}</b></div>'
            foot = f'{badge}<span class="badge">{origin}</span>'
            cards.append(f'<div class="molecule{" known" if known else ""}">{top}{pictures.molecule(smiles)}{foot}</div>')
        measured = f"{nm:,.4g}" if nm is not None else "–"
        code = f"<code>{escape(smiles)}</code>"
        rows.append((str(rank), _score(result.score), _score(last[smiles]), measured, badge or origin, code))
    heads = ("rank", "score", "model", "nM", "known or chosen by", "SMILES")
    return (
        f"<h2>The best molecules</h2><p>Scores in kcal/mol. Known actives of {escape(facts.target.name)} are framed; "
        "<code>ranking.csv</code> holds all, <code>poses/</code> the docked shapes of these.</p>"
        f'<div class="molecules">{"".join(cards)}</div><div class="box">{_table(heads, rows, numbers=3)}</div>'
    )


def account(facts: Facts) -> str:
    """What the run cost, and what was left out of it."""
    outcome, rows = facts.outcome, []
    for name, stage in (
        ("read a molecule", facts.preparation),
        ("guess a score", outcome.inference),
        ("dock", outcome.docking),
    ):
        work = f"{stage.work_seconds:.1f}" if stage.work_seconds else "–"
        mean = (
            f"{stage.work_seconds / stage.tasks * 1e3:,.{3 if stage.work_seconds < stage.tasks else 0}f}"
            if stage.work_seconds
            else "–"
        )
        rows.append((name, f"{stage.tasks:,}", str(stage.failed), work, mean, f"{stage.wall_seconds:.1f}"))
    infer = outcome.inference
    notes = []
    if infer.tasks:
        apart = (facts.workers * infer.wall_seconds - infer.work_seconds) / infer.tasks * 1e6
        share = infer.work_seconds / (facts.workers * infer.wall_seconds)
        notes.append(
            f"Guessing a score takes {infer.work_seconds / infer.tasks * 1e6:.0f} µs; all that was not this work, on all workers, "
            f"came to {apart:.0f} µs a task. Efficiency of that stage: {share:.0%}."
        )
    busy = (outcome.docking.work_seconds + infer.work_seconds) / (facts.workers * facts.wall_seconds)
    notes.append(f"Of the whole run, from start to end, the workers docked or guessed for {busy:.0%} of their time.")
    if outcome.remembered:
        notes.append(f"{len(outcome.remembered)} dockings were taken from an earlier start.")
    if not facts.preparation.tasks:
        notes.append("The molecules were read by an earlier screening.")
    own = _engine_account(facts.account) if facts.account else ""
    heads = ("task", "tasks", "failed", "work, s", "a task, ms", "wall, s")
    problems = _table(
        ("left out because", "molecules"),
        ((escape(n), f"{c:,}") for n, c in sorted(facts.problems().items())),
        1,
    )
    return (
        f"<h2>What the run cost</h2>{_timeline(facts)}"
        f'<div class="box">{_table(heads, rows, 5)}</div>{own}'
        + "".join(f"<p>{note}</p>" for note in notes)
        + f'<div class="box">'
        f"{problems}</div><p class='note'>{facts.library.lines:,} lines were read; {len(facts.candidates):,} of "
        f"{len(facts.library.molecules):,} distinct molecules had the size to be docked.</p>"
    )


def _engine_account(account: dict[str, float]) -> str:
    heads = tuple(name.replace("per_task_us", "per task, µs").replace("_seconds", ", s").replace("_", " ") for name in account)
    row = tuple(
        f"{value:.0%}" if name == "efficiency" else f"{value:,.4g}" if value < 1000 else f"{value:,.0f}"
        for name, value in account.items()
    )
    return (
        f'<div class="box"><h3>The account of the engine itself</h3>{_table(heads, [row])}</div><p class="note">Its overhead '
        "and its efficiency are about the time for which there was a task for a worker: one that waits at the end of a round is not "
        "in it.</p>"
    )


def care(facts: Facts) -> str:
    """What the figures do not prove."""
    amides = (
        (f"{facts.library.amides:,} molecules of the library are amides joined on paper; nobody may have made them.",)
        if facts.library.amides
        else ()
    )
    return f'<h2>What these figures do not prove</h2><div class="box care"><ul>{"".join(f"<li>{t}</li>" for t in CARE + amides)}</ul></div>'


def sources(facts: Facts) -> str:
    """Where everything comes from, and the command that makes it again."""
    parts = ["Receptor and box: dockstring (Apache-2.0)."]
    if facts.target.assay is not None:
        parts.append("Activities: ChEMBL (CC BY-SA 3.0), by way of MoleculeACE (MIT).")
    if facts.smiles_file:
        parts.append(f"Molecules: {escape(facts.smiles_file)}.")
    else:
        parts.append("Molecules: ChEMBL, by way of MoleculeACE, and the National Cancer Institute, by way of RDKit (BSD-3).")
    parts.append(
        "Ligands by RDKit and meeko (LGPL-2.1), docking by AutoDock Vina (Apache-2.0): Eberhardt et al. 2021, Trott and Olson 2010."
    )
    return (
        f'<div class="box"><h3>Again</h3><pre>./fonio run examples/screening {escape(facts.command)}</pre></div>'
        f"<footer><p>{' '.join(parts)}</p></footer>"
    )


def _judged(facts: Facts) -> bool:
    return any(facts.active(m.smiles) for m in facts.candidates)


def _curves(title: str, across: str, lines: Sequence[tuple[str, Sequence[tuple[float, float]]]]) -> str:
    if not lines:
        return f"<figure><h3>{title}</h3><p class='soft'>None of them is a known active, so there is no curve to draw.</p></figure>"
    key = "|".join(f'<i class="line tone{len(lines) - 1 - i}"></i>{escape(name)}' for i, (name, _) in enumerate(lines))
    key += '|<i class="line chance"></i>chance'
    return f"<figure><h3>{title}</h3>{figures.curves(lines, across)}{_key(key)}</figure>"


def _timeline(facts: Facts) -> str:
    chosen = facts.chosen_as()
    fresh = [r for s, r in facts.outcome.results.items() if r.seconds and s not in facts.outcome.remembered]
    if not fresh:
        return "<p>Every docking was taken from an earlier start.</p>"
    start = min(result.started for result in fresh)
    order = sorted(fresh, key=lambda result: result.started)
    rows = {worker: row for row, worker in enumerate(dict.fromkeys(result.worker for result in order))}
    bars = [
        (
            rows[r.worker],
            r.started - start,
            r.started - start + r.seconds,
            chosen[r.smiles].kind,
            r.smiles,
        )
        for r in order
    ]
    key = (
        '<i class="control"></i>controls|<i class="first"></i>first|<i class="best"></i>chosen|<i class="random"></i>at random'
    )
    return f"<figure><h3>Every docking, by the worker that did it</h3><p class='soft'>In the gaps the model looks at the library.</p>{figures.timeline(bars)}{_key(key)}</figure>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 9) -> str:
    def cells(tag: str, row: Sequence[str]) -> str:
        first = 0 if heads[0] == "rank" else 1
        return "".join(f"<{tag}{' class=n' if first <= i <= numbers else ''}>{cell}</{tag}>" for i, cell in enumerate(row))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<table><thead><tr>{cells('th', heads)}</tr></thead><tbody>{body}</tbody></table>"


def _key(entries: str) -> str:
    return f'<div class="key">{"".join(f"<span>{entry}</span>" for entry in entries.split("|"))}</div>'


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _times(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}×"
