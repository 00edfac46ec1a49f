"""What workers print, passed on line by line with the worker's name."""

from __future__ import annotations

import sys


class Output:
    """Writes a worker's lines to this process's stdout or stderr."""

    def __call__(self, worker: int, is_error: bool, text: str) -> None:
        stream = sys.stderr if is_error else sys.stdout
        lines = "".join([f"[worker {worker}] {line}\n" for line in text.splitlines()])
        try:
            stream.write(lines)
        except (OSError, ValueError):
            pass

    def close(self) -> None:
        """Writes out what is buffered."""
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                pass
