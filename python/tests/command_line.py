"""The command line, as a user starts it, from the built jar."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from fonio._java import java_home

CLI = Path(__file__).parents[2] / "cli" / "target" / "fonio-cli.jar"
needed = pytest.mark.skipif(not CLI.is_file(), reason="the command line is not built")


def fonio(*words: object, cwd: Path | None = None, **environment: str) -> str:
    """What the command prints; it must end well."""
    java = java_home() / "bin" / "java"
    done = subprocess.run(
        [java, "--enable-native-access=ALL-UNNAMED", "-jar", CLI, *map(str, words)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
