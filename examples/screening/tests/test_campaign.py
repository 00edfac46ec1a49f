"""The plan of a screening, without a single docking."""

import random
from collections.abc import Callable

import pytest

from campaign import Campaign, Plan
from chemistry import Properties

CANDIDATES = [Properties(f"C{number}", 18 + number % 9, number % 6) for number in range(300)]
ACTIVES = {f"C{number}" for number in range(0, 300, 10)}


def guess(smiles: str) -> float:
    return float(hash_of(smiles) % 1000)


def hash_of(smiles: str) -> int:
    return int(smiles[1:]) * 7919 % 10007


def play(plan: Plan, workers: int, shuffle: int = 0, score: Callable[[str], float | None] = guess) -> Campaign:
    """A whole screening on so many workers that end their dockings in some order."""
    campaign, order = Campaign(CANDIDATES, ACTIVES, plan), random.Random(shuffle)
    waiting: list[str] = []
    running: list[str] = []
    while True:
        waiting += campaign.to_dock()
        training = campaign.training()
        if training is not None:
            offset = sum(training[1]) + len(training[0])
            campaign.choose({m.smiles: (guess(m.smiles) * offset) % 991 for m in CANDIDATES})
            continue
        while waiting and len(running) < workers:
            running.append(waiting.pop(0))
        if not running:
            return campaign
        done = running.pop(order.randrange(len(running)))
        campaign.record(done, score(done))


def contents(campaign: Campaign) -> set[tuple[int, str, tuple[str, ...]]]:
    return {(batch.round, batch.kind, batch.smiles) for batch in campaign.batches}


@pytest.mark.parametrize("stream", [False, True])
def test_any_number_of_workers_docks_the_same_molecules(stream: bool) -> None:
    expected = contents(play(Plan(stream=stream), 1))
    for workers in (2, 5, 64):
        for shuffle in range(3):
            assert contents(play(Plan(stream=stream), workers, shuffle)) == expected


def test_streaming_chooses_the_same_molecules_as_rounds() -> None:
    assert contents(play(Plan(stream=True), 3, 1)) == contents(play(Plan(), 3))


def test_streaming_has_the_random_half_of_the_next_round_ready_while_the_last_docking_of_a_round_runs() -> None:
    assert len(Campaign(CANDIDATES, ACTIVES, Plan(stream=True)).to_dock()) == 24 + 12
    assert len(Campaign(CANDIDATES, ACTIVES, Plan()).to_dock()) == 24


def test_the_default_plan_docks_seventy_two_distinct_molecules() -> None:
    campaign = play(Plan(), 2)
    docked = [smiles for batch in campaign.batches for smiles in batch.smiles]
    assert len(docked) == len(set(docked)) == 72 == campaign.total()
    assert campaign.finished()


def test_the_seed_decides_the_draw() -> None:
    assert contents(play(Plan(seed=1), 2)) != contents(play(Plan(seed=2), 2))


def test_controls_are_known_actives_and_a_blind_start_has_none_but_by_chance() -> None:
    controls = play(Plan(controls=6), 2).batches[0]
    assert controls.kind == "control" and len(controls.smiles) == 6 and set(controls.smiles) <= ACTIVES
    assert play(Plan(controls=0), 2).batches[0].smiles == ()


def test_a_molecule_without_a_score_trains_no_model_and_stops_nothing() -> None:
    campaign = play(Plan(), 2, score=lambda smiles: None if guess(smiles) % 3 == 0 else guess(smiles))
    smiles, scores = campaign.scored()
    assert campaign.finished() and 0 < len(smiles) == len(scores) < 72
    assert all(guess(line) % 3 for line in smiles)


def test_too_few_candidates_are_all_docked_once() -> None:
    few = CANDIDATES[:30]
    campaign = Campaign(few, ACTIVES, Plan())
    for _ in range(100):
        for smiles in campaign.to_dock():
            campaign.record(smiles, 1.0)
        if campaign.training() is not None:
            campaign.choose({m.smiles: 0.0 for m in few})
    assert campaign.finished() and set(campaign.scores) == {m.smiles for m in few}


def test_long_dockings_start_first() -> None:
    sizes = {m.smiles: (m.heavy_atoms * (1 + m.rotatable_bonds)) for m in CANDIDATES}
    due = [sizes[smiles] for smiles in Campaign(CANDIDATES, ACTIVES, Plan()).to_dock()]
    assert due == sorted(due, reverse=True)
