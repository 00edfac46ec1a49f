"""The charts of the report: plain SVG, coloured by the style sheet, with nothing fetched and nothing to run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 520, 320
LEFT, RIGHT, TOP, BOTTOM = 66, 24, 14, 44


@dataclass(frozen=True)
class Axis:
    """One direction of a chart: its range, the marks on it and what it measures."""

    low: float
    high: float
    marks: Sequence[tuple[float, str]]
    title: str


@dataclass(frozen=True)
class Frame:
    """The place of a chart's values on the page."""

    x: Axis
    y: Axis
    width: int = WIDTH
    height: int = HEIGHT

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The point of a pair of values; a larger y is higher up."""
        across = (x - self.x.low) / (self.x.high - self.x.low)
        up = (y - self.y.low) / (self.y.high - self.y.low)
        return (
            round(LEFT + across * (self.width - LEFT - RIGHT), 1),
            round(self.height - BOTTOM - up * (self.height - TOP - BOTTOM), 1),
        )

    def draw(self, inside: str, name: str) -> str:
        """The whole chart, with its axes around what is inside."""
        wide = ' class="wide"' if self.width > WIDTH else ""
        parts = [f'<svg viewBox="0 0 {self.width} {self.height}"{wide} role="img" aria-label="{escape(name)}">']
        for value, label in self.y.marks:
            left, level = self.at(self.x.low, value)
            right, _ = self.at(self.x.high, value)
            parts.append(f'<line class="grid" x1="{left}" y1="{level}" x2="{right}" y2="{level}"/>')
            parts.append(f'<text class="mark" x="{left - 7}" y="{level + 4}" text-anchor="end">{escape(label)}</text>')
        for value, label in self.x.marks:
            place, bottom = self.at(value, self.y.low)
            for line, words in enumerate(label.split("\n")):
                at = f'x="{place}" y="{bottom + 18 + 14 * line}"'
                parts.append(f'<text class="mark" {at} text-anchor="middle">{escape(words)}</text>')
        middle = self.at((self.x.low + self.x.high) / 2, self.y.low)[0]
        parts.append(
            f'<text class="title" x="{middle}" y="{self.height - 6}" text-anchor="middle">{escape(self.x.title)}</text>'
        )
        centre = self.at(self.x.low, (self.y.low + self.y.high) / 2)[1]
        turned = f'transform="rotate(-90 12 {centre})"'
        parts.append(f'<text class="title" x="12" y="{centre + 4}" text-anchor="middle" {turned}>{escape(self.y.title)}</text>')
        return "".join(parts) + inside + "</svg>"


SHARES = [(share / 100, f"{share} %") for share in (0, 25, 50, 75, 100)]


def curves(lines: Sequence[tuple[str, Sequence[tuple[float, float]]]], across: str) -> str:
    """Enrichment curves over the diagonal of chance; the last line is the strongest."""
    frame = Frame(Axis(0, 1, SHARES, across), Axis(0, 1, SHARES, "known actives found"))
    (x1, y1), (x2, y2) = frame.at(0, 0), frame.at(1, 1)
    inside = f'<line class="chance" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'
    for number, (name, points) in enumerate(lines):
        kept = [
            p for i, p in enumerate(points) if i in (0, len(points) - 1) or p[1] != points[i - 1][1] or p[1] != points[i + 1][1]
        ]
        path = " ".join(f"{x},{y}" for x, y in (frame.at(*point) for point in kept))
        tone = f"tone{len(lines) - 1 - number}"
        inside += f'<polyline class="curve {tone}" points="{path}"><title>{escape(name)}</title></polyline>'
    return frame.draw(inside, "Enrichment curves")


def strips(columns: Sequence[tuple[str, str, Sequence[tuple[float, bool, str]]]]) -> str:
    """A column of dots for each batch: its name, its kind, and for each molecule score, activity and SMILES."""
    scores = [score for _, _, dots in columns for score, _, _ in dots] or [0.0]
    low, high = int(min(scores)) - 1, int(max(scores)) + 1
    step = max(1, (high - low) // 6)
    y = Axis(
        high,
        low,
        [(level, str(level).replace("-", "−")) for level in range(low, high + 1, step)],
        "score, kcal/mol (better upwards)",
    )
    x = Axis(0, len(columns), [(i + 0.5, name) for i, (name, _, _) in enumerate(columns)], "")
    frame = Frame(x, y, 2 * WIDTH)
    inside = ""
    for column, (_, kind, dots) in enumerate(columns):
        for score, active, smiles in dots:
            spread = hashlib.sha256(smiles.encode()).digest()[0] / 255 - 0.5
            place, level = frame.at(column + 0.5 + spread * 0.56, score)
            mark = "dot active" if active else f"dot {kind}"
            inside += (
                f'<circle class="{mark}" cx="{place}" cy="{level}" r="5"><title>{score:.2f} {escape(smiles)}</title></circle>'
            )
        if dots:
            middle = sorted(score for score, _, _ in dots)[len(dots) // 2]
            (x1, level), (x2, _) = frame.at(column + 0.16, middle), frame.at(column + 0.84, middle)
            inside += f'<line class="median" x1="{x1}" y1="{level}" x2="{x2}" y2="{level}"/>'
    return frame.draw(inside, "Docking scores by batch")


def timeline(bars: Sequence[tuple[int, float, float, str, str]]) -> str:
    """What each worker did when: row, start and end in seconds, kind and name of each docking."""
    rows = 1 + max(row for row, *_ in bars)
    end = max(stop for _, _, stop, _, _ in bars)
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if end / s <= 10)
    x = Axis(0, end, [(t, f"{t} s") for t in range(0, int(end) + 1, step)], "")
    y = Axis(rows, 0, [(row + 0.5, str(row + 1)) for row in range(rows)], "worker")
    frame = Frame(x, y, 2 * WIDTH, TOP + BOTTOM + 34 * rows)
    inside = ""
    for row, start, stop, kind, name in bars:
        (x1, top), (x2, bottom) = frame.at(start, row + 0.12), frame.at(stop, row + 0.88)
        size = f'x="{x1}" y="{top}" width="{max(0.5, x2 - x1 - 0.8):.1f}" height="{bottom - top:.1f}" rx="2"'
        inside += f'<rect class="bar {kind}" {size}><title>{stop - start:.1f} s {escape(name)}</title></rect>'
    return frame.draw(inside, "Dockings by worker and time")
