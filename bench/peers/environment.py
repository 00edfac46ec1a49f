"""The Python environments of the measured systems: ours, and a private one for the peers."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

_LOCK = Path(__file__).with_name("requirements.lock")


def has_fonio() -> bool:
    """Whether this interpreter can import the package."""
    return importlib.util.find_spec("fonio") is not None


def fonio_roots() -> list[str]:
    """The folders from which `fonio` and what it needs are imported."""
    roots = []
    for package in ("fonio", "cloudpickle"):
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(
                f"the package `{package}` cannot be imported; run ./fonio bench"
            )
        roots.append(str(Path(spec.origin).parents[1]))
    return roots


def java(root: Path) -> Path:
    """The `java` that the build and ./fonio use too; where there is none, that of the PATH."""
    finder = f". '{root}/.mvn/jdk.sh' && echo \"$JAVA_HOME\""
    try:
        asked = subprocess.run(["bash", "-c", finder], capture_output=True, text=True, check=False)
    except OSError:
        return Path("java")
    home = asked.stdout.strip()
    return Path(home, "bin", "java") if asked.returncode == 0 and home else Path("java")


def peers_python(root: Path) -> Path:
    """The interpreter of the peers' environment, which is made at first use and then kept."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    digest = hashlib.sha256(_LOCK.read_bytes() + version.encode()).hexdigest()[:12]
    home = root / ".fonio" / "envs" / f"peers-{digest}"
    if not (home / "complete").exists():
        _make(home)
    return home / "bin" / "python"


def _make(home: Path) -> None:
    print(f"installing the peers into {home} (first use)...", file=sys.stderr, flush=True)
    shutil.rmtree(home, ignore_errors=True)
    home.parent.mkdir(parents=True, exist_ok=True)
    venv.create(home, with_pip=True)
    pip = [str(home / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-q"]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([*pip, "install", "-r", str(_LOCK)], env=env, check=False)
    if done.returncode:
        shutil.rmtree(home, ignore_errors=True)
        raise SystemExit(
            "fonio bench: the peers could not be installed (pip's message is above); check the "
            "network or the registry and run again, or leave out --peers"
        )
    (home / "complete").touch()
