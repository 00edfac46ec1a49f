"""How many tasks go into one submission, and how many a bridge asks for, by measured lengths."""

from __future__ import annotations

WORK_NS = 20_000_000
"""So much work makes up for what a submission costs in any executor."""
MOST = 1024
_MOST_WINDOW = 65_536
_WEIGHT = 0.25


class Pace:
    """Means of the lengths of tasks, by class, and what follows from them."""

    def __init__(self, workers: int, outstanding: int) -> None:
        self.workers = workers
        self.outstanding = outstanding
        self._means: dict[int, float] = {}
        self._told: dict[int, int] = {}

    def measured(self, class_id: int, count: int, nanos: int) -> None:
        """Notes how long tasks of a class ran."""
        if count:
            each = nanos / count
            before = self._means.get(class_id, each)
            self._means[class_id] = before + _WEIGHT * (each - before)

    def size(self, class_id: int, waiting: int) -> int:
        """How many of the tasks that wait go into the next submission, so that all have some."""
        return max(1, min(self._full(class_id), waiting // (2 * self.workers)))

    def changes(self) -> dict[str, int]:
        """The windows that are to be told: those that have changed by half."""
        changed = {}
        for class_id in self._means:
            window = min(_MOST_WINDOW, 2 * self.outstanding * self._full(class_id))
            before = self._told.get(class_id, self.outstanding)
            if 2 * abs(window - before) > before:
                self._told[class_id] = window
                changed[f"window.{class_id}"] = window
        return changed

    def _full(self, class_id: int) -> int:
        mean = self._means.get(class_id)
        return 1 if mean is None else max(1, min(MOST, int(WORK_NS / max(1.0, mean))))
