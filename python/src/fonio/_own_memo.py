"""A program's own memoizer at work: asked before a call runs, told how it has ended.

It is asked in the client, with the values of the call's arguments, so the call's future is a
promise. What is cached by the engine never comes here: that is `fonio.memoization.BasicMemoizer`
as it is.
"""

from __future__ import annotations

import concurrent.futures as cf
from typing import TYPE_CHECKING, Any

from fonio._client_tasks import as_promise, follow, when_known
from fonio.memoization import BasicMemoizer, Memoizer

if TYPE_CHECKING:
    from fonio._detours import Detour

_ASKED = ("check_memo", "update_memo_result", "update_memo_exception", "update_memo")


def is_own(memoizer: Any) -> bool:
    """Whether the memoizer looks up or keeps results by itself."""
    kind = type(memoizer)
    return isinstance(memoizer, Memoizer) and any(
        [
            getattr(kind, name, None)
            not in (getattr(BasicMemoizer, name, None), getattr(Memoizer, name, None))
            for name in _ASKED
        ]
    )


def record(path: Any, future: Any, args: Any, kwargs: Any) -> dict[str, Any]:
    """The call as a memoizer knows it, by Parsl's names."""
    spec = path.spec
    return {
        "id": None if future is None else future.tid,
        "func": spec.body,
        "func_name": spec.name,
        "args": args,
        "kwargs": kwargs,
        "memoize": spec.cache,
        "ignore_for_cache": list(spec.ignore_for_cache),
        "outputs": kwargs.get("outputs") or [],
        "app_fu": future,
        "hashsum": None,
        "from_memo": None,
    }


def known(memoizer: Any, task: dict[str, Any]) -> Any:
    """The future of an equal call, or None."""
    found = memoizer.check_memo(task)
    task["from_memo"] = found is not None
    return found


def tell(memoizer: Any, task: dict[str, Any], done: cf.Future[Any]) -> None:
    """Tells the memoizer how the call has ended, by the new form of the interface or the old."""
    if done.cancelled():
        return
    problem = done.exception()
    if hasattr(memoizer, "update_memo"):
        memoizer.update_memo(task, done)
    elif problem is not None:
        memoizer.update_memo_exception(task, problem)
    else:
        memoizer.update_memo_result(task, done.result())


def submit_unless_known(detour: Detour, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Takes a call over: it is submitted when the memoizer does not know its result."""
    path, future = detour.path, detour.future
    session = path.session
    memoizer = path.kernel.memoizer
    as_promise(session, future, path.spec.name)

    def go(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        unhashed = future.__dict__.get("_unhashed") or ()
        hashed = {k: v for k, v in kwargs.items() if k not in unhashed}
        task = record(path, future, args, hashed)
        found = known(memoizer, task)
        if found is not None:
            follow(session, future, found)
            return
        inner = detour.submit(args, kwargs)
        inner.add_done_callback(lambda done: session.background(end, task, done))

    def end(task: dict[str, Any], done: Any) -> None:
        problem: BaseException | None = cf.CancelledError() if done.cancelled() else None
        try:
            tell(memoizer, task, done)
            problem = problem or done.exception()
        except Exception as raised:
            problem = raised
        session.fulfil(future, None if problem else done.result(), problem)

    when_known(session, future, path.resolver, args, kwargs, go)
