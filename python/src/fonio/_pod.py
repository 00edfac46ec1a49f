"""A manager in a pod: `python -m fonio._pod --connect HOST:PORT --token-file FILE ...`.

The engine is elsewhere and knows nothing of this machine: Java, the engine's jar, the Python of the
workers and their program are those that are found here.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fonio._java import engine_jar, java_home
from fonio.errors import EnvironmentNeeded

_CANNOT_RUN = 3


def command(words: list[str]) -> list[str]:
    """The manager's command: `words` are its options."""
    return [
        str(java_home() / "bin" / "java"),
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-XX:CompileThresholdScaling=8",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        str(engine_jar()),
        "fonio.manager.ManagerMain",
        *words,
    ]


def surroundings() -> dict[str, str]:
    """What workers are started by."""
    return {
        "FONIO_POD_PYTHON": sys.executable,
        "FONIO_POD_WORKER": str(Path(__file__).absolute().with_name("_worker.py")),
    }


def main(words: list[str]) -> int:
    """Becomes the manager; returns only when that cannot be."""
    try:
        program = command(words)
    except EnvironmentNeeded as problem:
        print(f"fonio: the image of this pod lacks something: {problem}", file=sys.stderr)
        return _CANNOT_RUN
    os.execve(program[0], program, {**os.environ, **surroundings()})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
