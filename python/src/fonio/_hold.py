"""The hold on new tasks while a durable run's disk takes nothing: they wait, then they fail."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable


class Hold:
    """Whether tasks may be sent; the drain lock's holder changes it, the flush lock's looks."""

    def __init__(self, patience_s: float, now_s: Callable[[], float] = time.monotonic) -> None:
        self._patience_s = patience_s
        self._now_s = now_s
        self._reason = ""
        self._since_s = 0.0

    def told(self, reason: str) -> None:
        """The engine says why nothing becomes durable, or by an empty reason that it does again."""
        if reason and not self._reason:
            self._since_s = self._now_s()
            logging.getLogger("fonio").warning(
                "%s. New tasks wait, for %g s at most", reason, self._patience_s
            )
        elif self._reason and not reason:
            logging.getLogger("fonio").warning("the journal is written again, and tasks go on")
        self._reason = reason

    @property
    def waits(self) -> bool:
        """Whether new tasks are to stay here."""
        return bool(self._reason)

    @property
    def refusal(self) -> str:
        """Why new tasks are not accepted, once they have waited for long enough."""
        reason = self._reason
        if reason and self._now_s() - self._since_s >= self._patience_s:
            return (
                f"the task was not accepted, as for {self._patience_s:g} s nothing could be "
                f"written down: {reason}. Submit it again when that is mended"
            )
        return ""
