"""Drawings of molecules, as SVG that stands inside a page."""

from __future__ import annotations

import re

from rdkit.Chem.Draw import rdMolDraw2D

import chemistry


def molecule(smiles: str, width: int = 240, height: int = 150) -> str:
    """The structure of a molecule on a clear ground."""
    drawer = rdMolDraw2D.MolDraw2DSVG(width, height)
    options = drawer.drawOptions()
    options.clearBackground = False
    options.bondLineWidth = 1.6
    options.minFontSize = 11
    options.padding = 0.03
    rdMolDraw2D.PrepareAndDrawMolecule(drawer, chemistry.parse(smiles))
    drawer.FinishDrawing()
    svg = drawer.GetDrawingText()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->|\s(class|xmlns:\w+|xml:space)='[^']*'", "", svg, flags=re.DOTALL)
    svg = re.sub(rf"width='{width}px' height='{height}px'", "role='img'", svg, count=1)
    return re.sub(r"\s*\n\s*", " ", svg).strip()
