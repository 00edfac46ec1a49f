"""Waits for what other processes do, each with a deadline."""

from __future__ import annotations

import contextlib
import os
import select
import time
from collections.abc import Callable
from pathlib import Path

from fonio import _folders

PATIENCE_S = 30.0
MARK = f"FONIO_TESTS={os.getpid()}"
"""Stands in the environment of all that these tests start."""
os.environ.update([MARK.split("=")])


def until(reached: Callable[[], bool], what: str, within_s: float = PATIENCE_S) -> None:
    """Waits until something is reached, or fails by its name."""
    end = time.monotonic() + within_s
    while not reached():
        assert time.monotonic() < end, f"{what} in {within_s} s"
        time.sleep(0.002)


def ends(pid: int, within_s: float = PATIENCE_S) -> bool:
    """Whether a process ends in time; one that nobody has waited for has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], within_s)[0])
    finally:
        os.close(descriptor)


def await_swept(segments: str | Path) -> None:
    """Sweeps until the folder is gone: the last thread of a killed process lets go of its lock."""

    def gone() -> bool:
        _folders.sweep(_folders._root())
        return not Path(segments).exists()

    until(gone, f"{segments} is not swept")


def run_folders() -> set[str]:
    """The folders in shared memory of runs and managers, but not those of other runs of tests."""
    others = {lock for lock, pid in _locks() if not _is_of_these_tests(pid)}
    found = set()
    for folder in Path(_folders._root()).glob("fonio-*"):
        with contextlib.suppress(FileNotFoundError):
            lock = (folder / "lock").stat().st_ino if (folder / "lock").exists() else 0
            if lock not in others:
                found.add(folder.name)
    return found


def _locks() -> list[tuple[int, int]]:
    """The files that are locked, by their inodes, with the process that has the lock."""
    lines = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return [(int(words[5].split(":")[2]), int(words[4])) for words in lines if words[1] != "->"]


def _is_of_these_tests(pid: int) -> bool:
    try:
        return pid == os.getpid() or MARK.encode() in Path(
            f"/proc/{pid}/environ"
        ).read_bytes().split(b"\0")
    except OSError:
        return True


def await_no_more_than(before: set[str]) -> None:
    """Sweeps until no folder is there that was not there before: what was killed cannot tidy up."""

    def gone() -> bool:
        _folders.sweep(_folders._root())
        return run_folders() <= before

    until(gone, f"folders beside {before}: {run_folders()}")
