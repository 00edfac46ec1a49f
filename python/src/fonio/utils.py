"""Checkpoints of earlier runs, as Parsl's users ask for them."""

from __future__ import annotations

import os


def get_all_checkpoints(rundir: str = ".fonio") -> list[str]:
    """The file that holds what all earlier runs in this folder have written, if there is one."""
    folder = os.environ.get("FONIO_HOME") or rundir
    state = os.path.join(folder, "state.db")
    return [state] if os.path.exists(state) else []


def get_last_checkpoint(rundir: str = ".fonio") -> list[str]:
    """The same: one file holds what all runs have written."""
    return get_all_checkpoints(rundir)
