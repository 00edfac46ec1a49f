"""Bodies of tasks that note each of their runs in a file, and what can be read there."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path


def noted(diary: str, number: int, seconds: float = 0.002) -> int:
    """Notes that it ran, works for a while, and returns its number."""
    note(diary, number)
    time.sleep(seconds)
    return number


def note(diary: str, what: object) -> None:
    """Appends a line, whole or not at all."""
    descriptor = os.open(diary, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{what}\n".encode())
    os.close(descriptor)


def runs(diary: str | Path) -> Counter[int]:
    """How often each task has run."""
    path = Path(diary)
    return Counter(map(int, path.read_text().split())) if path.exists() else Counter()
