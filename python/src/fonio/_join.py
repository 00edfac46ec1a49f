"""Join apps: the body runs in the client and returns futures; the app's future ends with them."""

from __future__ import annotations

import concurrent.futures as cf
from typing import TYPE_CHECKING, Any

from fonio._client_tasks import after, as_promise, when_known, with_retries
from fonio.errors import JoinError

if TYPE_CHECKING:
    from fonio._future import Future


class Join:
    """The calls of one join app on one engine."""

    def __init__(self, path: Any) -> None:
        self._path = path
        self._session = path.session
        self._spec = path.spec

    def prepare(self, future: Future, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Takes the call over: runs the body when its arguments are known."""
        as_promise(self._session, future, self._spec.name)

        def go(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
            if self._path.kernel.results.claim(self._path, future, args, kwargs):
                self._run(future, args, kwargs)

        when_known(self._session, future, self._path.resolver, args, kwargs, go)

    def _run(self, future: Future, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        joined = with_retries(self._path, future, args, kwargs)
        if isinstance(joined, cf.Future):
            after([joined], lambda: self._end(future, [joined], one=True))
        elif isinstance(joined, list) and all([isinstance(f, cf.Future) for f in joined]):
            after(joined, lambda: self._end(future, joined, one=False))
        else:
            raise TypeError(
                f"join app {self._spec.name} returned {joined!r} (a {type(joined).__name__}): "
                "it must return a Future or a list of Futures"
            )

    def _end(self, future: Future, joined: list[cf.Future[Any]], one: bool) -> None:
        failed = []
        for inner in joined:
            problem = cf.CancelledError() if inner.cancelled() else inner.exception()
            if problem is not None:
                failed.append((problem, f"task {getattr(inner, '_i', '-')}"))
        if failed:
            error = JoinError(failed, future._i)
            error.__cause__ = failed[0][0]
            self._session.fulfil(future, None, error)
        else:
            values = [inner.result() for inner in joined]
            self._session.fulfil(future, values[0] if one else values)
