"""The revival of a durable run: its engine is started again, and told what it may not know."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from fonio._absent import AbsentLink
from fonio._hold import Hold
from fonio._ledger import Ledger
from fonio._signals import SHIELD

if TYPE_CHECKING:
    from fonio._link import Link
    from fonio._session import Session

MOST = 5
WITHIN_S = 60.0

Again = Callable[[], "tuple[Link, int]"]
"""Starts the engine; the link to it, and how many frames of the client it has."""


class Revival:
    """Sees to it that a session has an engine; `begin` may be called by any thread."""

    def __init__(
        self, session: Session, again: Again, frames: int = 0, patience_s: float = 60.0
    ) -> None:
        self.ledger = Ledger(frames)
        self.hold = Hold(patience_s)
        self._session = session
        self._again = again
        self._lock = threading.Lock()
        self._starts: deque[float] = deque()
        self._thread: threading.Thread | None = None
        self._frames = 0

    def begin(self, ended: Link) -> bool:
        """A link has ended: True when there is another, or the engine is being started again."""
        session = self._session
        with self._lock:
            if session.link is not ended:
                return True
            if not self._may_start():
                return False
            absent = AbsentLink(self._adopt)
            session.link = absent
            ended.close()
            self._thread = threading.Thread(
                target=self._revive, args=(absent,), name="fonio-revival", daemon=True
            )
            self._thread.start()
            return True

    def settle(self, timeout: float | None) -> None:
        """Waits until the engine is there again, if it is being started."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)

    def _revive(self, absent: AbsentLink) -> None:
        session = self._session
        begun = time.monotonic()
        link = self._start()
        if link is None:
            absent.end()
            return
        SHIELD.enter()
        try:
            count = session.outbox.again(lambda: self._say_again(absent, link))
        finally:
            SHIELD.leave()
        logging.getLogger("fonio").warning(
            "the engine of a durable run ended and was started again in %.2f s; "
            "%d frames were sent again",
            time.monotonic() - begun,
            count,
        )

    def _start(self) -> Link | None:
        """The link to a new engine; None, and all is lost, when none comes up."""
        while True:
            try:
                link, self._frames = self._again()
                return link
            except Exception as problem:
                if not self._may_start():
                    self._session.lost(
                        f"the engine ended and could not be started again: {problem}"
                    )
                    return None

    def _may_start(self) -> bool:
        """Counts one more start, if there were not too many."""
        now = time.monotonic()
        while self._starts and now - self._starts[0] > WITHIN_S:
            self._starts.popleft()
        if len(self._starts) >= MOST or self._session.failure is not None:
            return False
        self._starts.append(now)
        return True

    def _adopt(self, link: Link) -> None:
        """By the thread that drains, while the flush lock is held: the new engine counts anew."""
        session = self._session
        session.inbox.begin_anew()
        session.outbox.begin_anew()
        self.ledger.durable(self._frames)
        session.link = link

    def _say_again(self, absent: AbsentLink, link: Link) -> int:
        """What the new engine has not; the flush lock is held, so nothing comes before it."""
        session = self._session
        absent.replace(link)
        while not absent.adopted.is_set() and session.failure is None:
            if not session.waits.drain_for_room():
                absent.adopted.wait(0.001)
        frames = self.ledger.unsaved()
        questions = [r.frame for r in list(session.replies.values()) if r.frame and not r._s]
        for data in [*frames, *questions]:
            session.push(data)
        return len(frames)
