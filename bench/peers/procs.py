"""What the kernel knows about all processes of one measured system.

A process belongs to a system when it carries the system's token in its environment or descends from one that does:
some peers detach their workers, so parentage alone is not enough.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

TOKEN = "FONIO_BENCH_TOKEN"
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
_CPUCLOCK_SCHED = 2
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def _parents() -> dict[int, int]:
    parents: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path("/proc", entry, "stat").read_text()
            except OSError:
                continue
            parents[int(entry)] = int(stat[stat.rindex(")") + 2 :].split()[1])
    return parents


def members(token: str) -> list[int]:
    """The processes of the system that has this token, without zombies."""
    needle = f"{TOKEN}={token}".encode()
    parents = _parents()
    found: set[int] = set()
    for pid in parents:
        try:
            if needle in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
                found.add(pid)
        except OSError:
            continue
    grew = True
    while grew:
        more = {pid for pid, parent in parents.items() if parent in found and pid not in found}
        found |= more
        grew = bool(more)
    return sorted(pid for pid in found if _state(pid) not in ("Z", "X", ""))


def _state(pid: int) -> str:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    return stat[stat.rindex(")") + 2]


def cpu_seconds(pids: list[int]) -> float:
    """CPU time of the processes so far, threads that have ended and reaped children included."""
    return sum(cpu_of_each(pids).values())


def cpu_of_each(pids: list[int]) -> dict[int, float]:
    """The same for each process that is still there."""
    return {pid: _own_seconds(pid) + _reaped_seconds(pid) for pid in pids}


def cpu_since(before: dict[int, float], token: str) -> float:
    """CPU time of the system since `before`; a process that is new counts from its start, the search for it does not."""
    used = sum(now - before[pid] for pid, now in cpu_of_each(list(before)).items() if now)
    return used + cpu_seconds([pid for pid in members(token) if pid not in before])


def _own_seconds(pid: int) -> float:
    """By the process's CPU clock, which counts nanoseconds; its number follows from the pid (clock_getcpuclockid)."""
    try:
        return time.clock_gettime((~pid << 3) | _CPUCLOCK_SCHED)
    except OSError:
        return 0.0


def _reaped_seconds(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    fields = stat[stat.rindex(")") + 2 :].split()
    return (int(fields[13]) + int(fields[14])) / _TICKS_PER_SECOND


def rss_bytes(pids: list[int]) -> int:
    """Resident memory of the processes, shared pages counted in each."""
    total = 0
    for pid in pids:
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES
        except OSError:
            continue
    return total


def forget_peak() -> None:
    """Starts the peak of this process's memory anew."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_rss_bytes() -> int:
    """The highest resident memory of this process since `forget_peak`."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise OSError("no VmHWM line in /proc/self/status: peak memory cannot be read here")


def sweep(token: str, grace_seconds: float = 2.0) -> int:
    """Ends what a system left behind; returns how many processes there were after the grace."""
    deadline = time.monotonic() + grace_seconds
    left = members(token)
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = members(token)
    for pid in left:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return len(left)
