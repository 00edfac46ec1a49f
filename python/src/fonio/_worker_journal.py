"""The file in which a worker keeps the tracebacks of its failed tasks, for people.

The engine knows no more of an exception than its headline, so `fonio logs TASK` reads this. An
entry is a line `task N: Type: message` and the traceback's lines, each behind two blanks.
"""

from __future__ import annotations

import os

from fonio._failures import headline

MAX_BYTES = 16 << 20
_FULL = b"more tasks failed; this file is full\n"


class Journal:
    """Appends entries until the file is full; without a path it keeps nothing."""

    def __init__(self, path: str = "") -> None:
        self._path = path
        self._waiting: list[tuple[int, str, str]] = []

    def failed(self, index: int, error: BaseException, text: str) -> None:
        """Notes the failure of the result with this index, whose task `write` will know."""
        if self._path:
            self._waiting.append((index, headline(error), text))

    def write(self, ids: object) -> None:
        """Writes what was noted; `ids` are the tasks of the results."""
        if not self._waiting:
            return
        entries = [_entry(ids[index], line, text) for index, line, text in self._waiting]  # type: ignore[index]
        self._waiting.clear()
        data = "".join(entries).encode("utf-8", "replace")
        try:
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            try:
                room = MAX_BYTES - os.fstat(file).st_size
                if len(data) > room:
                    data = data[: data.rfind(b"\n", 0, max(0, room)) + 1] + _FULL
                    self._path = ""
                os.write(file, data)
            finally:
                os.close(file)
        except OSError:
            self._path = ""  # a full disk must not end the worker


def _entry(task: int, line: str, text: str) -> str:
    behind = "".join([f"  {row}\n" for row in text.splitlines()])
    return f"task {task}: {line}\n{behind}"
