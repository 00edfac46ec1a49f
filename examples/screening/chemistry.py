"""Small molecules: from a line of SMILES to its properties, its fingerprint, and a shape that can be docked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from rdkit import Chem, RDLogger, __version__
from rdkit.Chem import AllChem, rdFingerprintGenerator, rdMolDescriptors

RDLogger.DisableLog("rdApp.*")

VERSION = f"RDKit {__version__}"

DOCKABLE = frozenset(("H", "C", "N", "O", "F", "P", "S", "Cl", "Br", "I"))
"""Elements that both the force field and the docking program know."""

FINGERPRINT_BITS = 2048
CONFORMER_TRIES = 10


class Unusable(Exception):
    """A molecule that a stage cannot use; `reason` is a short name that is counted in the report."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


@dataclass(frozen=True)
class Properties:
    """What the library keeps of a molecule."""

    smiles: str
    heavy_atoms: int
    rotatable_bonds: int


def parse(smiles: str) -> Any:
    """The molecule of a SMILES line, or `Unusable` with the reason."""
    molecule = Chem.MolFromSmiles(smiles)
    if molecule is None:
        raise Unusable("unreadable SMILES", smiles)
    if molecule.GetNumAtoms() == 0:
        raise Unusable("empty molecule", repr(smiles))
    return molecule


def describe(smiles: str) -> Properties | str:
    """The properties of a molecule that could be docked, or the reason why it could not be."""
    try:
        molecule = parse(smiles)
    except Unusable as problem:
        return problem.reason
    if len(Chem.GetMolFrags(molecule)) > 1:
        return "salt or mixture"
    if any(atom.GetSymbol() not in DOCKABLE for atom in molecule.GetAtoms()):
        return "metal or other element"
    if any(atom.GetNumRadicalElectrons() for atom in molecule.GetAtoms()):
        return "radical"
    return Properties(
        Chem.MolToSmiles(molecule),
        molecule.GetNumHeavyAtoms(),
        rdMolDescriptors.CalcNumRotatableBonds(molecule),
    )


@cache
def _generator() -> Any:
    return rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=FINGERPRINT_BITS)


def fingerprint(smiles: str) -> Any:
    """The Morgan fingerprint of a molecule, radius 2."""
    return _generator().GetFingerprint(parse(smiles))


def conformer(smiles: str, seed: int) -> Any:
    """The molecule with hydrogens and one relaxed conformer; the same seed gives the same coordinates."""
    molecule = Chem.AddHs(parse(smiles))
    if AllChem.EmbedMolecule(molecule, randomSeed=seed, maxAttempts=CONFORMER_TRIES) != 0:
        raise Unusable("no conformer", f"{smiles} could not be embedded in {CONFORMER_TRIES} tries")
    if AllChem.MMFFHasAllMoleculeParams(molecule):
        AllChem.MMFFOptimizeMolecule(molecule)
    return molecule


def pdbqt(molecule: Any) -> str:
    """The ligand as AutoDock reads it, with its tree of torsions."""
    from meeko import MoleculePreparation, PDBQTWriterLegacy

    try:
        setup = MoleculePreparation().prepare(molecule)[0]
    except (ValueError, RuntimeError) as problem:
        raise Unusable("ligand not prepared", str(problem)) from problem
    text, prepared, message = PDBQTWriterLegacy.write_string(setup)
    if not prepared:
        raise Unusable("ligand not prepared", message.strip())
    return str(text)
