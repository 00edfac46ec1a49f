"""`python -m fonio doctor`: what this machine has, and what each thing enables.

The words are those of `./fonio doctor`, which the engine answers and which looks at more.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Callable
from typing import NamedTuple

from fonio._java import LEAST_VERSION, aot_cache, engine_jar, java_home, java_version
from fonio._settings import available_cores
from fonio.errors import EnvironmentNeeded

_GIB = 1 << 30


class Finding(NamedTuple):
    """One thing that was looked for; without a needed one nothing runs."""

    name: str
    found: bool
    value: str
    enables: str
    needed: bool = False


def main(as_json: bool = False) -> int:
    """Prints the findings; 3 when something that is needed is missing."""
    findings = [look() for look in _LOOKS]
    if as_json:
        print(json.dumps([f._asdict() for f in findings], indent=1))
    else:
        for f in findings:
            mark = "yes" if f.found else "NO" if f.needed else "no"
            print(f"{mark:5}{f.name:17}{f.value}\n{'':22}{f.enables}")
    return 3 if any([f.needed and not f.found for f in findings]) else 0


def _java() -> Finding:
    enables = f"the engine (Java {LEAST_VERSION} or later)"
    try:
        home = java_home()
    except EnvironmentNeeded as problem:
        return Finding("Java", False, str(problem), enables, True)
    return Finding("Java", True, f"{home} (version {java_version(home)})", enables, True)


def _engine() -> Finding:
    try:
        jar = engine_jar()
    except EnvironmentNeeded as problem:
        return Finding("engine", False, str(problem), "everything", True)
    return Finding("engine", True, str(jar), "everything", True)


def _aot() -> Finding:
    enables = "a start in a fraction of a second; made by ./fonio or the first runs"
    try:
        cache = aot_cache(java_home(), engine_jar())
    except (EnvironmentNeeded, OSError):
        return Finding("AOT cache", False, "needs java and the engine", enables)
    return Finding("AOT cache", cache.is_file(), str(cache), enables)


def _python() -> Finding:
    good = sys.version_info >= (3, 10)
    value = f"{platform.python_version()} ({sys.executable})"
    return Finding("Python", good, value, "apps and workers (3.10 or later)", True)


def _cloudpickle() -> Finding:
    from importlib.util import find_spec

    found = find_spec("cloudpickle") is not None
    value = "installed" if found else "not installed: pip install cloudpickle"
    return Finding("cloudpickle", found, value, "functions of scripts and notebooks", True)


def _platform() -> Finding:
    good = sys.platform in ("linux", "darwin")
    value = f"{platform.system()} {platform.machine()}"
    return Finding("platform", good, value, "Linux x86-64 has everything, others use sockets", True)


def _cores() -> Finding:
    return Finding("cores", True, str(available_cores()), "as many workers by default")


def _memory() -> Finding:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Finding("memory", True, f"{pages / _GIB:.1f} GiB", "about 25 MB for each worker")


def _shm() -> Finding:
    enables = "arguments and results above 64 KiB without a copy through the engine"
    try:
        free = shutil.disk_usage("/dev/shm").free
    except OSError:
        return Finding("/dev/shm", False, "not there: the temp folder is used", enables)
    return Finding("/dev/shm", True, f"{free / _GIB:.1f} GiB free", enables)


def _namespaces() -> Finding:
    try:
        with open("/proc/sys/user/max_user_namespaces") as file:
            count = int(file.read())
    except (OSError, ValueError):
        count = 0
    return Finding("user namespaces", count > 0, f"{count} user namespaces", "sandboxes, later")


def _kvm() -> Finding:
    usable = os.access("/dev/kvm", os.R_OK | os.W_OK)
    there = "usable" if usable else "no permission" if os.path.exists("/dev/kvm") else "not there"
    return Finding("KVM", usable, f"/dev/kvm {there}", "micro virtual machines, later")


def _command(name: str, command: str, enables: str) -> Callable[[], Finding]:
    def look() -> Finding:
        path = shutil.which(command)
        return Finding(name, path is not None, path or f"no {command} on the PATH", enables)

    return look


_LOOKS: tuple[Callable[[], Finding], ...] = (
    _platform,
    _python,
    _cloudpickle,
    _java,
    _engine,
    _aot,
    _cores,
    _memory,
    _shm,
    _namespaces,
    _kvm,
    _command("Slurm", "sbatch", "blocks of nodes from Slurm"),
    _command("kubectl", "kubectl", "workers in Kubernetes"),
    _command("ssh", "ssh", "managers on other hosts"),
)
