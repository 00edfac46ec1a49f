"""The proteins that can be docked against, and the files about them that installed packages carry.

Receptors and search boxes are read from `dockstring`, measured activities from `MoleculeACE`; nothing of either is copied into
this folder. Neither package is imported, for their declared dependencies are not installed: only their files are read.
"""

from __future__ import annotations

import csv
import importlib.util
from dataclasses import dataclass
from pathlib import Path

ASSAYS = {
    "ABL1": "CHEMBL1862_Ki",
    "AR": "CHEMBL1871_Ki",
    "DRD3": "CHEMBL234_Ki",
    "F10": "CHEMBL244_Ki",
    "F2": "CHEMBL204_Ki",
    "JAK2": "CHEMBL2971_Ki",
    "NR3C1": "CHEMBL2034_Ki",
    "PPARA": "CHEMBL239_EC50",
    "PPARD": "CHEMBL3979_EC50",
    "PPARG": "CHEMBL235_EC50",
}
"""Targets with measured activities, and the name of the assay that holds them."""

ACTIVE_NM = 100.0
"""A molecule that binds at this concentration or below counts as active; a higher value counts weaker binders too."""


@dataclass(frozen=True)
class Target:
    """A protein: its receptor file, the centre of its binding site and, where there is one, its assay file."""

    name: str
    receptor: Path
    center: tuple[float, float, float]
    assay: Path | None


def package_folder(package: str) -> Path:
    """The folder an installed package lives in, found without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(
            f"The package {package!r} is not installed. Run this example with `./fonio run examples/screening`, "
            "which installs requirements.lock, or install that file with `pip install --no-deps -r`."
        )
    return Path(next(iter(spec.submodule_search_locations)))


def names() -> list[str]:
    """Every target there is a receptor for."""
    folder = package_folder("dockstring") / "resources" / "targets"
    return sorted(path.name.removesuffix("_target.pdbqt") for path in folder.glob("*_target.pdbqt"))


def find(name: str) -> Target:
    """The target of that name, one of `names()`."""
    folder = package_folder("dockstring") / "resources" / "targets"
    receptor = folder / f"{name.upper()}_target.pdbqt"
    settings: dict[str, str] = {}
    for line in (folder / f"{name.upper()}_conf.txt").read_text().splitlines():
        key, _, value = line.partition("=")
        settings[key.strip()] = value.strip()
    assay = ASSAYS.get(name.upper())
    return Target(
        name.upper(),
        receptor,
        (float(settings["center_x"]), float(settings["center_y"]), float(settings["center_z"])),
        assay_folder() / f"{assay}.csv" if assay else None,
    )


def assay_folder() -> Path:
    """The folder of the thirty assays."""
    return package_folder("MoleculeACE") / "Data" / "benchmark_data"


def activities(target: Target) -> dict[str, float]:
    """The measured activity in nM of each SMILES of the target's assay, as written there; empty if it has no assay."""
    if target.assay is None:
        return {}
    with target.assay.open(newline="") as rows:
        return {row["smiles"]: float(row["exp_mean [nM]"]) for row in csv.DictReader(rows)}
