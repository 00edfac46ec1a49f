"""The record of what was docked: one line of JSON for each result, written as it comes and read again at the next start.

A line is on disk before the next result is taken, so Ctrl-C or `kill -9` loses only the dockings that were running. A line cut
short by a crash is dropped. What took too long or lost its worker is not written down, so the next start tries it again. A
result counts for a later run only if the search and the docking program are the same.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from docking import Docked, Search


class Records:
    """The results of earlier starts, and the file to which new ones are added."""

    def __init__(self, path: Path, search: Search, program: str) -> None:
        self._key = {"search": asdict(search), "program": program}
        self.known: dict[str, Docked] = {}
        text = path.read_bytes() if path.exists() else b""
        whole = text[: text.rfind(b"\n") + 1]
        for line in whole.splitlines():
            entry = json.loads(line)
            if entry.pop("search") == self._key["search"] and entry.pop("program") == program:
                self.known[entry["smiles"]] = Docked(**entry)
        self._file = path.open("r+b" if path.exists() else "w+b")
        self._file.truncate(len(whole))
        self._file.seek(len(whole))

    def add(self, result: Docked) -> None:
        """Write a result down."""
        entry: dict[str, Any] = {**asdict(result), **self._key}
        self._file.write(json.dumps(entry).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()
