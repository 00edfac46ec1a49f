"""A command line is right, or refused with the value and what to write instead."""

import pytest

import options


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--target", "XYZ"], "no receptor named 'XYZ'"),
        (["--workers", "0"], "'0' is not a whole number of at least 1"),
        (["--heavy-atoms", "30-20"], "'30-20' is not a range"),
        (["--smiles", "missing.smi"], "'missing.smi' is not a file"),
        (["--vina", "missing"], "'missing' is not a program"),
        (["--engine", "dask"], "invalid choice: 'dask'"),
    ],
)
def test_a_wrong_option_is_named_and_ends_with_code_two(
    words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        options.parse(words)
    assert ended.value.code == 2
    assert complaint in capsys.readouterr().err


def test_the_defaults_are_those_of_the_readme() -> None:
    chosen = options.parse([])
    assert (chosen.target, chosen.first, chosen.rounds, chosen.best, chosen.random) == ("ABL1", 24, 2, 12, 12)
    assert (chosen.box, chosen.exhaustiveness, chosen.heavy_atoms, chosen.bonds) == (20, 1, (18, 26), 5)


def test_serial_has_one_worker() -> None:
    assert options.parse(["--engine", "serial", "--workers", "8"]).workers == 1
