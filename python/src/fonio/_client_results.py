"""Results of cached apps whose bodies run in the client, for this run."""

from __future__ import annotations

import threading
from typing import Any

from fonio._client_tasks import follow


class ClientResults:
    """Futures by the hash of the call; a second call in flight follows the first."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._known: dict[bytes, Any] = {}
        self._lock = threading.Lock()

    def claim(self, path: Any, future: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        """True when the call has to run; else its future ends with the one that is known."""
        if path.own_memo:
            return self._ask(path, future, args, kwargs)
        hasher = path.hasher
        if hasher is None:
            return True
        key = hasher(args, kwargs)
        with self._lock:
            first = self._known.setdefault(key, future)
        if first is future:
            return True
        follow(self._session, future, first)
        return False

    def _ask(self, path: Any, future: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        """The same by the program's own memoizer."""
        from fonio._own_memo import known, record, tell

        memoizer = path.kernel.memoizer
        task = record(path, future, args, kwargs)
        found = known(memoizer, task)
        if found is None:
            future.add_done_callback(lambda done: tell(memoizer, task, done))
            return True
        follow(self._session, future, found)
        return False
