"""The executor for clusters under kills and stops: some moments; FONIO_CAMPAIGN=full takes all."""

from __future__ import annotations

import os
import random

import pytest
import star

SEED = int(os.environ.get("FONIO_SEED", "1"))
FULL = os.environ.get("FONIO_CAMPAIGN") == "full"
SHORT = 2
MOMENTS = [
    pytest.param(kind, SEED * 1_000_003 + n, id=f"{kind.__name__}-{n}")
    for kind, moments in star.KINDS.items()
    for n in range(moments if FULL else SHORT)
]


@pytest.mark.parametrize("kind, seed", MOMENTS)
def test_every_task_ends_once_and_nothing_stays(kind, seed, tmp_path):
    kind(tmp_path, random.Random(seed))
