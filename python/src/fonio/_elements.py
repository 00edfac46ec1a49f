"""What the elements of maps add to the engine's counts, in which a chunk is one task."""

from __future__ import annotations

import threading

from fonio._wire import ELEMENTS, frame, lines


class Elements:
    """Corrections of the engine's counts that it has not been told yet."""

    def __init__(self) -> None:
        self.changed = False
        self._lock = threading.Lock()
        self._counts = _none()

    def add(self, tasks: int = 0, succeeded: int = 0, failed: int = 0, cancelled: int = 0) -> None:
        """Adds to the corrections; the next flush tells them."""
        if not (tasks or succeeded or failed or cancelled):
            return
        with self._lock:
            counts = self._counts
            counts["tasks"] += tasks
            counts["succeeded"] += succeeded
            counts["failed"] += failed
            counts["cancelled"] += cancelled
            self.changed = True

    def frame(self) -> bytes:
        """The frame that tells the engine."""
        with self._lock:
            counts, self._counts = self._counts, _none()
            self.changed = False
        return frame(ELEMENTS, body=lines({name: n for name, n in counts.items() if n}))


def error_frame(task: int, class_id: int, error: str) -> bytes:
    """The frame that tells why elements of a chunk failed, for the history."""
    return frame(ELEMENTS, class_id=class_id, first=task, body=lines({"error": error}))


def _none() -> dict[str, int]:
    return {"tasks": 0, "succeeded": 0, "failed": 0, "cancelled": 0}
