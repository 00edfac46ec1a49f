"""Molecules that nobody may have made yet: amides of the acids and amines of a library, real reagents joined on paper."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from rdkit import Chem
from rdkit.Chem import AllChem

import chemistry
from chemistry import Properties

ACID = "[CX3](=[OX1])[OX2H1]"
AMINE = "[NX3;H1,H2;+0;!$(N[C,S,P]=[O,S,N]);!$(N~[!#6])]"
COUPLING = f"[C:1](=[O:2])[OX2H1].{AMINE[:-1]}:3]>>[C:1](=[O:2])[N:3]"

LARGEST_REAGENT = 20
"""Heavy atoms a reagent may have; larger ones give amides that are too large to dock."""

WINDOW = 5_000


def made_from(
    molecules: Sequence[Properties], wanted: int, seed: int, mapped: Callable[..., Iterator[Any]]
) -> Iterator[Properties]:
    """Distinct amides of this library that are not in it, in an order the seed decides; an error if there are too few."""
    if wanted <= 0:
        return
    small = [m.smiles for m in molecules if m.heavy_atoms <= LARGEST_REAGENT]
    kinds = list(mapped(reagent, small))
    acids = [line for line, kind in zip(small, kinds, strict=True) if kind == "acid"]
    amines = [line for line, kind in zip(small, kinds, strict=True) if kind == "amine"]
    known, before = {m.smiles for m in molecules}, len(molecules)
    pairs = len(acids) * len(amines)
    order = iter(random.Random(seed).sample(range(pairs), pairs))
    made = 0
    while window := [(acids[i // len(amines)], amines[i % len(amines)]) for i in islice(order, WINDOW)]:
        for amide in mapped(couple, window):
            if isinstance(amide, Properties) and amide.smiles not in known:
                known.add(amide.smiles)
                yield amide
                made += 1
                if made == wanted:
                    return
    raise SystemExit(
        f"--library {before + wanted} is too large: {len(acids)} acids and {len(amines)} amines "
        f"give {made} more molecules. The largest library is {before + made}."
    )


def reagent(smiles: str) -> str | None:
    """Whether a molecule can be joined in one way only: 'acid', 'amine', or None."""
    molecule = chemistry.parse(smiles)
    acid, amine, _ = _patterns()
    groups = len(molecule.GetSubstructMatches(acid)), len(molecule.GetSubstructMatches(amine))
    return {(1, 0): "acid", (0, 1): "amine"}.get(groups)


def couple(pair: tuple[str, str]) -> Properties | str:
    """The amide of an acid and an amine, or the reason why there is none."""
    products = _patterns()[2].RunReactants(tuple(_parsed(line) for line in pair))
    if not products:
        return "no amide"
    return chemistry.describe(Chem.MolToSmiles(products[0][0]))


@lru_cache(maxsize=4_096)
def _parsed(smiles: str) -> Any:
    return chemistry.parse(smiles)


@cache
def _patterns() -> tuple[Any, Any, Any]:
    return Chem.MolFromSmarts(ACID), Chem.MolFromSmarts(AMINE), AllChem.ReactionFromSmarts(COUPLING)
