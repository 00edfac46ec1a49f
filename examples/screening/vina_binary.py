"""AutoDock Vina as a program of its own: a process for each molecule, where it is not used within Python.

The process ends with the worker that started it: Linux's kernel kills it when its parent dies, whatever the parent died of, so
a docking that is given up leaves no search behind. Its files lie in a folder of the screening, for a killed worker cannot
remove them; the screening does.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import chemistry
from targets import Target

PR_SET_PDEATHSIG = 1


def version(file: str) -> str:
    """What the program says that it is; the end of the screening if it does not run here."""
    try:
        answer = subprocess.run([file, "--version"], capture_output=True, text=True, check=False)
    except OSError as problem:
        raise SystemExit(f"{file} does not run here: {problem.strerror}. Name another vina, or leave --vina out.") from problem
    words = (answer.stdout or answer.stderr).split("(")[0].split()
    if answer.returncode != 0 or not words:
        raise SystemExit(f"{file} does not run here: {answer.stderr.strip() or answer.returncode}. Install another vina.")
    return " ".join(words)


def dock(
    file: str, scratch: str, ligand: str, target: Target, seed: int, box_angstrom: float, exhaustiveness: int
) -> tuple[float, str]:
    """The score and the pose of a ligand, as the program writes them; `scratch` is a folder that the caller will remove."""
    with tempfile.TemporaryDirectory(prefix="docking-", dir=scratch) as folder:
        (Path(folder) / "ligand.pdbqt").write_text(ligand)
        pose = Path(folder) / "pose.pdbqt"
        words = [file, "--receptor", str(target.receptor), "--ligand", "ligand.pdbqt", "--out", pose.name]
        words += ["--cpu", "1", "--seed", str(seed), "--num_modes", "1", "--exhaustiveness", str(exhaustiveness)]
        for axis, center in zip("xyz", target.center, strict=True):
            words += [f"--center_{axis}", str(center), f"--size_{axis}", str(box_angstrom)]
        answer = subprocess.run(
            words, cwd=folder, capture_output=True, text=True, check=False, preexec_fn=partial(_end_with, os.getpid())
        )
        if answer.returncode != 0:
            raise chemistry.Unusable("refused by Vina", answer.stderr.strip()[-200:])
        text = pose.read_text()
    for line in text.splitlines():
        if line.startswith("REMARK VINA RESULT:"):
            return float(line.split()[3]), text
    raise chemistry.Unusable("refused by Vina", "no result in its output")


_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


def _end_with(parent: int) -> None:
    """Called in the new process: it is killed when its parent ends, also if that was a moment ago."""
    if _prctl is not None:
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
