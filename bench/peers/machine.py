"""The machine and the versions that a figure belongs to."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import time
from pathlib import Path
from typing import Any

from .environment import has_fonio, java


def describe(root: Path) -> dict[str, Any]:
    """Everything that a reader needs to judge a figure."""
    return {
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "cpu": _first("/proc/cpuinfo", r"model name\s*:\s*(.+)"),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(int(_first("/proc/meminfo", r"MemTotal:\s*(\d+)") or 0) / 1e6, 1),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "governor": _first("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", r"(\S+)"),
        "python": f"{platform.python_version()} {platform.python_compiler()}",
        "jdk": _jdk(root),
        "fonio": has_fonio(),
        "aot_cache": has_fonio() and _aot_cache(),
        "commit": _git(root, "rev-parse", "--short=12", "HEAD"),
        "changed": bool(_git(root, "status", "--porcelain", "--untracked-files=no")),
        "peers": _locked(("parsl", "dask", "ray")),
        "load_before": load(),
        "loop_ms": round(_loop_ms(), 1),
    }


def load() -> str:
    """The load averages over 1, 5 and 15 minutes."""
    return " ".join(f"{value:.2f}" for value in os.getloadavg())


def _loop_ms() -> float:
    """A plain Python loop of a million steps, to compare machines and moments."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        x = 0
        for i in range(1_000_000):
            x += i
        times.append(time.perf_counter() - start)
    return sorted(times)[2] * 1e3


def _first(path: str, pattern: str) -> str:
    try:
        found = re.search(pattern, Path(path).read_text())
    except OSError:
        return ""
    return found.group(1).strip() if found else ""


def _jdk(root: Path) -> str:
    try:
        asked = subprocess.run(
            [str(java(root)), "-version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return " ".join(asked.stderr.splitlines()[:2])


def _aot_cache() -> bool:
    """Whether the engine starts from its AOT cache."""
    from fonio._java import aot_cache, engine_jar, java_home
    from fonio.errors import EnvironmentNeeded

    try:
        return aot_cache(java_home(), engine_jar()).is_file()
    except (EnvironmentNeeded, OSError):
        return False


def _git(root: Path, *words: str) -> str:
    try:
        asked = subprocess.run(
            ["git", *words], cwd=root, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return asked.stdout.strip()


def _locked(names: tuple[str, ...]) -> dict[str, str]:
    lines = Path(__file__).with_name("requirements.lock").read_text().splitlines()
    pins = dict(line.split("==", 1) for line in lines if "==" in line)
    return {name: pins[name] for name in names}
