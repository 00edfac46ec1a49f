"""How well an order finds what is sought: its curve, the area under it, and the gain among the first."""

from __future__ import annotations

from collections.abc import Sequence


def ordered(scores: Sequence[tuple[float, bool]]) -> list[bool]:
    """Whether each is an active one, from the best (lowest) score on; of equal scores the inactive come first."""
    return [active for _, active in sorted(scores, key=lambda pair: (pair[0], pair[1]))]


def curve(hits: Sequence[bool]) -> list[tuple[float, float]]:
    """Points of (share of the list looked at, share of the actives found), from the start to the end of the list."""
    total = sum(hits)
    points, found = [(0.0, 0.0)], 0
    for place, hit in enumerate(hits, 1):
        found += hit
        points.append((place / len(hits), found / total))
    return points


def area(scores: Sequence[tuple[float, bool]]) -> float | None:
    """The chance that an active one stands before an inactive one (ROC AUC); None where one of the two is missing."""
    actives = sorted(score for score, active in scores if active)
    others = sorted(score for score, active in scores if not active)
    if not actives or not others:
        return None
    import bisect

    before = sum(len(others) - bisect.bisect_right(others, score) for score in actives)
    equal = sum(bisect.bisect_right(others, score) - bisect.bisect_left(others, score) for score in actives)
    return (before + equal / 2) / (len(actives) * len(others))


def factor(hits: Sequence[bool], share: float) -> float | None:
    """How many times more actives the first share of the list holds than a random share would; None without actives."""
    first = max(1, round(len(hits) * share))
    if not any(hits):
        return None
    return (sum(hits[:first]) / first) / (sum(hits) / len(hits))
