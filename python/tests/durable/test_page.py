"""The programs of docs/durable.md do what the page says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import fonio

PAGE = Path(__file__).parents[3] / "docs" / "durable.md"


def run(program: str, place: Path) -> list[str]:
    path = str(Path(fonio.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=place,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_second_program_reads_what_the_first_has_left(tmp_path):
    first, second = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.S)
    assert run(first, tmp_path) == ["0"]
    *lines, account = run(second, tmp_path)
    pairs = dict([line.split() for line in lines])
    assert {f"{n + 1}": f"{2 * n}" for n in range(30, 50)}.items() <= pairs.items()
    assert account.startswith("50 tasks, 0 failed")
