"""The link while there is no engine: nothing comes, and what is written is in the ledger."""

from __future__ import annotations

import threading
from collections.abc import Callable

from fonio._link import Link


class AbsentLink:
    """Stands in the place of a link until there is a new one.

    The new link is taken up by the thread that drains, as that is who owns what was half read.
    """

    def __init__(self, adopt: Callable[[Link], None]) -> None:
        self._adopt = adopt
        self._next: Link | None = None
        self._changed = threading.Event()
        self.adopted = threading.Event()

    def replace(self, link: Link) -> None:
        """The next thread that drains goes on with this link."""
        self._next = link
        self._changed.set()

    def end(self) -> None:
        """There will be no link: wakes who waits."""
        self._changed.set()

    def fill(self) -> bytes:
        """Nothing; takes up the new link once it is there."""
        link = self._next
        if link is not None and not self.adopted.is_set():
            self._adopt(link)
            self.adopted.set()
        return b""

    def write(self, data: bytes | memoryview) -> int:
        """Takes all, as whoever writes has noted it in the ledger."""
        return len(data)

    def wait(self, timeout_ms: int, for_room: bool = False, yields: int = 0) -> bool:
        """Waits for the new link."""
        self._changed.wait(timeout_ms / 1000)
        return True

    def rest(self, timeout_ms: int) -> bool:
        """Waits for the new link."""
        return self.wait(timeout_ms)

    def alive(self) -> bool:
        """Whether one is to be had: yes, until the session says otherwise."""
        return True

    def close(self) -> None:
        """There is nothing to end."""
