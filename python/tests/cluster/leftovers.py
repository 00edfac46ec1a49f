"""What a lab or a Slurm could leave on this machine."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def of(*words: str) -> list[str]:
    """Names of namespaces, mounts, interfaces, folders and processes that hold one of the words."""
    lines = [
        *(f"namespace {name}" for name in _names("/run/netns")),
        *(f"state {name}" for name in _names("/run/fonio-hosts")),
        *(f"mount {line}" for line in Path("/proc/self/mounts").read_text().splitlines()),
        *(f"interface {line}" for line in _output("ip", "-o", "link").splitlines()),
        *(f"address {line}" for line in _output("ip", "-o", "addr").splitlines()),
        *(f"process {line}" for line in _processes()),
    ]
    return [line for line in lines if any(word in line for word in words)]


def _names(folder: str) -> list[str]:
    return os.listdir(folder) if os.path.isdir(folder) else []


def _output(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def _processes() -> list[str]:
    """Command and environment of every process but this one and those above it."""
    found, above = [], _line_of_descent()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            text = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if process.name not in above:
            found.append(f"{process.name} {text.replace(bytes(1), b' ').decode(errors='replace')}")
    return found


def _line_of_descent() -> set[str]:
    pids, pid = set(), str(os.getpid())
    while pid != "0":
        pids.add(pid)
        stat = Path("/proc", pid, "stat").read_text()
        pid = stat.rpartition(")")[2].split()[1]
    return pids
