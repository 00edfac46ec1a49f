"""The last run beside the ones before it: which bar got worse, by figures that lie apart.

Bars are mostly ratios to a peer of the same run, so runs on different days can be compared. Each is compared with the
run before it that has the bar, and with the best of all, because a loss of a little in each run is seen only so.
Quick runs are compared with quick ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .figures import short


@dataclass(frozen=True)
class Seen:
    """What one run found for one bar."""

    value: float
    low: float
    high: float
    unit: str
    at_least: bool
    run: str

    def apart(self, other: Seen) -> bool:
        """Whether the two intervals have nothing in common, and the values differ by more than 5 %."""
        differ = abs(self.value - other.value) > 0.05 * max(abs(self.value), abs(other.value))
        return differ and (self.high < other.low or other.high < self.low)

    def better(self, other: Seen) -> bool:
        """Whether this value is on the better side of the other."""
        return self.value > other.value if self.at_least else self.value < other.value

    def __str__(self) -> str:
        spread = f" [{short(self.low)}-{short(self.high)}]" if self.low != self.high else ""
        return f"{short(self.value)} {self.unit}{spread}"


Run = dict[tuple[str, str], Seen]


def markdown(folder: Path) -> str:
    """The comparison of the last run in this folder with all others."""
    files = [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]
    if not files:
        return f"no results in {folder}; run ./fonio bench\n"
    last = files[-1]
    runs = [_bars(found) for found in files if found["quick"] == last["quick"]]
    lines = [
        f"# The run of {_name(last)} beside {len(runs) - 1} before it",
        "",
        "`worse` and `better`: the intervals of this run and of the one before lie apart, their middles by over 5 %.",
        "",
        "| what | against | best before | before | now | |",
        "| --- | --- | --- | --- | --- | --- |",
        *_rows(runs),
    ]
    return "\n".join(lines) + "\n"


def _rows(runs: list[Run]) -> Iterator[str]:
    for (what, against), now in runs[-1].items():
        earlier = [run[what, against] for run in runs[:-1] if (what, against) in run]
        before = earlier[-1] if earlier else None
        best = earlier[0] if earlier else None
        for seen in earlier:
            best = seen if best is None or seen.better(best) else best
        cells = [f"{seen} ({seen.run})" if seen else "-" for seen in (best, before)]
        yield f"| {what} | {against or '-'} | {cells[0]} | {cells[1]} | {now} | {_word(now, before, best)} |"


def _word(now: Seen, before: Seen | None, best: Seen | None) -> str:
    if before is None or best is None:
        return "new"
    if now.apart(before):
        return "better" if now.better(before) else "worse"
    if now.apart(best) and best.better(now):
        return "worse than the best"
    return "same"


def _bars(found: dict[str, Any]) -> Run:
    return {
        (bar["what"], bar["against"]): Seen(
            bar["measured"],
            bar["min"],
            bar["max"],
            bar["unit"],
            bar["relation"] == ">=",
            _name(found),
        )
        for bar in found["bars"]
        if bar["measured"] is not None
    }


def _name(found: dict[str, Any]) -> str:
    machine = found["machine"]
    changed = "+" if machine["changed"] else ""
    return f"{machine['date'].removesuffix(' UTC')} {machine['commit'][:8]}{changed}"
