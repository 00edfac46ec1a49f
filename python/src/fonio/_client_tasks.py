"""Tasks whose body or whose submission is the client's: threads, joins, deep or staged arguments.

Their future is a promise. `when_known` calls back when the futures in the arguments have ended;
then the body runs on a thread, or the real call is submitted, and the promise ends with it.
"""

from __future__ import annotations

import concurrent.futures as cf
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fonio._arguments import value_of
from fonio._future import Future
from fonio._retry import handler
from fonio.dependency_resolvers import SHALLOW_DEPENDENCY_RESOLVER, DependencyResolver
from fonio.errors import DependencyError

if TYPE_CHECKING:
    from fonio._detours import Detour
    from fonio._session import Session

Args = tuple[Any, ...]
Body = Callable[[Args, "dict[str, Any]"], Any]


def as_promise(session: Session, future: Future, name: str) -> None:
    """Makes a new future one that the client ends; it is sent like any task."""
    future._a = session.make_class(None, name=name)
    future._v = b""
    session.outbox.buffer.append(future)
    if len(session.outbox.buffer) >= session.outbox.limit:
        session.outbox.flush()


def when_known(
    session: Session,
    future: Future,
    resolver: DependencyResolver,
    args: Args,
    kwargs: dict[str, Any],
    go: Body,
) -> None:
    """Calls `go` with the arguments' values once they are there, on a thread of the session.

    A failed dependency ends the future in a DependencyError; so does what `go` raises.
    """
    parents = resolver.futures_of(args, kwargs)

    def start() -> None:
        try:
            for parent in parents:
                _require(parent)
            values = resolver.values_of(args, kwargs) if parents else (args, kwargs)
            go(*values)
        except BaseException as problem:
            session.fulfil(future, None, problem)

    after(parents, lambda: session.background(start))


def after(futures: list[cf.Future[Any]], then: Callable[[], None]) -> None:
    """Calls `then` once, when all of the futures have ended."""
    left = len(futures)
    if not left:
        then()
        return
    lock = threading.Lock()

    def ended(_: Any) -> None:
        nonlocal left
        with lock:
            left -= 1
            last = not left
        if last:
            then()

    for future in futures:
        future.add_done_callback(ended)


def follow(session: Session, future: Future, inner: Future) -> None:
    """Ends the promise as the inner future ends."""

    def ended(done: Any) -> None:
        if done.cancelled():
            session.fulfil(future, None, cf.CancelledError())
            return
        problem = done.exception()
        session.fulfil(future, None if problem else done.result(), problem)

    inner.add_done_callback(ended)


def run_on_threads(
    path: Any, label: str, future: Future, args: Args, kwargs: dict[str, Any]
) -> None:
    """Runs a python app's call on a thread pool executor."""
    session = path.session
    spec = path.spec
    as_promise(session, future, spec.name)

    def run(args: Args, kwargs: dict[str, Any]) -> None:
        try:
            session.fulfil(future, with_retries(path, future, args, kwargs))
        except BaseException as problem:
            session.fulfil(future, None, problem)

    def go(args: Args, kwargs: dict[str, Any]) -> None:
        known = path.kernel.results.claim(path, future, args, kwargs)
        if known:
            path.kernel.threads(label).submit(run, args, kwargs)

    when_known(session, future, path.resolver, args, kwargs, go)


def with_retries(path: Any, future: Future, args: Args, kwargs: dict[str, Any]) -> Any:
    """The value of the body, run again here as often as the app's retries allow."""
    config = path.kernel.config
    left = config.retries if path.spec.retries is None else path.spec.retries
    again = None
    if config.retry_handler is not None and left:
        again = handler(config.retry_handler, left)
    while True:
        try:
            return path.spec.body(*args, **kwargs)
        except Exception as problem:
            if not (again(problem, future) if again is not None else left > 0):
                raise
            left -= 1


def submit_when_known(detour: Detour, args: Args, kwargs: dict[str, Any]) -> bool:
    """Takes over a call that has futures where the engine does not look for them."""
    path, future = detour.path, detour.future
    parents = path.resolver.futures_of(args, kwargs)
    if len(parents) == len(SHALLOW_DEPENDENCY_RESOLVER.futures_of(args, kwargs)):
        return False
    as_promise(path.session, future, path.spec.name)

    def go(args: Args, kwargs: dict[str, Any]) -> None:
        follow(path.session, future, detour.submit(args, kwargs))

    when_known(path.session, future, path.resolver, args, kwargs, go)
    return True


def _require(parent: cf.Future[Any]) -> None:
    """Raises DependencyError unless the future ended well."""
    if isinstance(parent, Future):
        value_of(parent)
        return
    problem = cf.CancelledError() if parent.cancelled() else parent.exception()
    if problem is not None:
        error = DependencyError(getattr(parent, "name", None) or "a future of another library")
        error.__cause__ = problem
        raise error
