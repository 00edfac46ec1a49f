"""The record of what was docked: one line of JSON for each result, written as it comes and read again at the next start.

A line is on disk before the next result is taken, so Ctrl-C or `kill -9` loses only the dockings that were running. A line cut
short by a crash is dropped. What took too long or lost its worker is not written down, so the next start tries it again. A
result counts for a later run only if the search and the docking program are the same.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from docking import Docked, Search


class Records:
    """The results of earlier starts, and the file to which new ones are added."""

    def __init__(self, path: Path, search: Search, program: str, fresh: bool = False) -> None:
        self._key = {"search": asdict(search), "program": program}
        self.known: dict[str, Docked] = {}
        self._file = path.open("a+b")
        self._lock(path)
        self._file.seek(0)
        text = b"" if fresh else self._file.read()
        whole = text[: text.rfind(b"\n") + 1]
        for line in whole.splitlines():
            entry = json.loads(line)
            if entry.pop("search") == self._key["search"] and entry.pop("program") == program:
                self.known[entry["smiles"]] = Docked(**entry)
        self._file.truncate(len(whole))

    def _lock(self, path: Path) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise SystemExit(
                f"Another screening works in {path.parent}. Wait for its end, or name another folder by --out."
            ) from taken
        except OSError:
            pass  # a file system without locks

    def add(self, result: Docked) -> None:
        """Write a result down."""
        entry: dict[str, Any] = {**asdict(result), **self._key}
        self._file.write(json.dumps(entry).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()
