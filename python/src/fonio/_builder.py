"""Modules of the engine with a jar of their own: a source tree builds those that are used."""

from __future__ import annotations

import os
import subprocess

from fonio.errors import EnvironmentNeeded


def build(module: str) -> None:
    """Builds the module, if this was started by the `./fonio` of a source tree; it says why not."""
    builder = os.environ.get("FONIO_BUILDER")
    if not builder or os.environ.get(f"FONIO_{module.upper()}_JAR"):
        return
    try:
        code = subprocess.run([builder, module], stdin=subprocess.DEVNULL).returncode
    except OSError as problem:
        raise EnvironmentNeeded(
            f"FONIO_BUILDER={builder} cannot be started: {problem.strerror}; unset it, "
            f"or start the program by the ./fonio of a source tree"
        ) from problem
    if code != 0:
        raise EnvironmentNeeded(
            f"the module {module} is not there: {builder} {module} ended with exit code {code} "
            "and said why above"
        )
