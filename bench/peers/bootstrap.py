"""The interval in which a statistic of rounds lies: rounds are drawn again with replacement, the middle 95 % is kept."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from .results import Interval

_DRAWS = 1_000
_TAIL = 0.025


def interval(turns: Sequence[int], statistic: Callable[[Sequence[int]], float]) -> Interval:
    """The interval of the statistic over these rounds; the draws are the same in every run."""
    draw = random.Random(1)
    found = sorted(statistic(draw.choices(turns, k=len(turns))) for _ in range(_DRAWS))
    low = int(_DRAWS * _TAIL)
    return Interval(found[low], found[-1 - low])
