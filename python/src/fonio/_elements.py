"""What the elements of maps add to the engine's counts, in which a chunk is one task."""

from __future__ import annotations

import threading


class Elements:
    """Corrections of the counts of tasks; a chunk counts as one task until its results are read."""

    def __init__(self) -> None:
        self.tasks = 0
        self.succeeded = 0
        self.failed = 0
        self.cancelled = 0
        self._lock = threading.Lock()

    def add(self, tasks: int = 0, succeeded: int = 0, failed: int = 0, cancelled: int = 0) -> None:
        """Adds to the corrections."""
        with self._lock:
            self.tasks += tasks
            self.succeeded += succeeded
            self.failed += failed
            self.cancelled += cancelled
