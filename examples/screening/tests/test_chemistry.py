"""Molecules that a library really holds, good and bad."""

import pytest

import amides
import chemistry
import surrogate
from chemistry import Properties

ASPIRIN, PARACETAMOL, CAFFEINE = (
    "CC(=O)Oc1ccccc1C(=O)O",
    "CC(=O)Nc1ccc(O)cc1",
    "Cn1cnc2c1c(=O)n(C)c(=O)n2C",
)


@pytest.mark.parametrize(
    ("smiles", "reason"),
    [
        ("C(C)(C)(C)(C)C", "unreadable SMILES"),
        ("not a molecule", "unreadable SMILES"),
        ("", "empty molecule"),
        ("CCN.Cl", "salt or mixture"),
        ("[Pt](N)(N)(Cl)Cl", "metal or other element"),
        ("OB(O)c1ccccc1", "metal or other element"),
        ("C[CH2]", "radical"),
    ],
)
def test_what_cannot_be_docked_has_a_reason(smiles: str, reason: str) -> None:
    assert chemistry.describe(smiles) == reason


def test_two_spellings_are_one_molecule() -> None:
    assert chemistry.describe("OC(=O)c1ccccc1OC(C)=O") == chemistry.describe(ASPIRIN)


def test_the_same_seed_gives_the_same_ligand() -> None:
    first, again, other = (chemistry.pdbqt(chemistry.conformer(ASPIRIN, seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert first.count("ROOT") == 2


def test_a_molecule_that_cannot_be_embedded_is_named() -> None:
    with pytest.raises(chemistry.Unusable, match="no conformer"):
        chemistry.conformer("C1#CC1", 1)


def test_the_model_remembers_what_it_was_trained_on_and_knows_nothing_of_the_unlike() -> None:
    model = surrogate.train([ASPIRIN, PARACETAMOL, CAFFEINE], [-9.0, -5.0, -7.0])
    guesses = [surrogate.infer(smiles, model)[0] for smiles in (ASPIRIN, CAFFEINE, PARACETAMOL)]
    assert guesses == sorted(guesses)
    assert model.guess(chemistry.fingerprint("ClC(Cl)(Cl)Cl")) == pytest.approx(-7.0, abs=0.2)


def test_one_score_or_equal_scores_make_a_model_that_says_just_that() -> None:
    assert surrogate.infer(CAFFEINE, surrogate.train([ASPIRIN], [-6.0]))[0] == pytest.approx(-6.0)


def test_an_acid_and_an_amine_make_an_amide() -> None:
    made = amides.couple(("OC(=O)c1ccccc1", "NCc1ccccc1"))
    assert isinstance(made, Properties) and made == chemistry.describe("O=C(NCc1ccccc1)c1ccccc1")
    assert [amides.reagent(s) for s in ("OC(=O)c1ccccc1", "NCc1ccccc1", "NCC(=O)O", "CC(=O)NC")] == [
        "acid",
        "amine",
        None,
        None,
    ]
