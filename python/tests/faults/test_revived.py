"""Durable runs under kills: some moments; FONIO_CAMPAIGN=full takes all."""

from __future__ import annotations

import os
import random

import pytest
import revived

SEED = int(os.environ.get("FONIO_SEED", "1"))
FULL = os.environ.get("FONIO_CAMPAIGN") == "full"
SHORT = {
    revived.kill_durable_engine: 2,
    revived.kill_kept_client: 4,
    revived.kill_engine_of_managers: 2,
}
MOMENTS = [
    pytest.param(kind, SEED * 1_000_003 + n, id=f"{kind.__name__}-{n}")
    for kind, moments in revived.KINDS.items()
    for n in range(moments if FULL else SHORT[kind])
]


@pytest.mark.parametrize("kind, seed", MOMENTS)
def test_nothing_that_was_accepted_is_lost_and_nothing_that_was_told_runs_again(
    kind, seed, tmp_path
):
    kind(tmp_path, random.Random(seed))
