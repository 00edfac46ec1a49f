"""Makes the example's modules importable, as they are beside `main.py`, and gives tests small things to work with."""

import csv
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent.parent
sys.path.insert(0, str(EXAMPLE))
signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored, by all that is started too

QUICK = """\
while [ $# -gt 0 ]; do
  case $1 in --ligand) ligand=$2 ;; --out) out=$2 ;; esac
  shift
done
sum=$(cksum <"$ligand")
sum=${sum%% *}
printf 'MODEL 1\\nREMARK VINA RESULT: -%d.%03d 0.0 0.0\\nENDMDL\\n' $((sum % 8 + 4)) $((sum % 1000)) >"$out"
"""
"""A search that takes no time: the score is a digest of the ligand."""


def program(folder: Path, script: str = QUICK) -> Path:
    """Makes a program that is called as Vina is and does what this shell script says."""
    path = folder / "vina"
    path.write_text(f'#!/bin/sh\n[ "$1" != --version ] || {{ echo "Stand-in 1.0 (tests)"; exit 0; }}\n{script}')
    path.chmod(0o755)
    return path


@pytest.fixture
def vina(tmp_path: Path) -> Callable[..., Path]:
    """Makes such programs in the test's own folder."""
    return partial(program, tmp_path)


@pytest.fixture(scope="session")
def molecules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of a hundred molecules, some of them actives of ABL1, that are fit to dock."""
    import chemistry
    import library
    import targets

    assay = targets.find("ABL1").assay
    assert assay is not None
    with assay.open(newline="") as rows:
        described = [chemistry.describe(row["smiles"]) for row in csv.DictReader(rows)]
    known = [each for each in described if not isinstance(each, str)]
    path = tmp_path_factory.mktemp("molecules") / "molecules.smi"
    path.write_text("".join(f"{m.smiles}\n" for m in library.dockable(known, (18, 26), 5)[:100]))
    return path
