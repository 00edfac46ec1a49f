"""`fonio.explain`: a future's state in words, for people."""

from __future__ import annotations

from typing import Any

from fonio._future import CANCELLED, ERROR, Future


def explain(future: Any) -> str:
    """A sentence on the task of a future: what it does or waits for, or how it ended.

    Where it waits or a worker has it, lines follow that say for what, why, or which.

    >>> import fonio
    >>> @fonio.python_app
    ... def inverse(x):
    ...     return 1 / x
    >>> with fonio.load():
    ...     future = inverse(0)
    ...     _ = fonio.wait([future])
    ...     print(fonio.explain(future))
    inverse (task 1) failed: ZeroDivisionError: division by zero
    """
    if not isinstance(future, Future):
        raise TypeError(f"explain: {future!r} is no future of Fonio (a {type(future).__name__})")
    session = future._a.session
    if not future._s:
        session.outbox.flush()
        session.poll()
    head = f"{future._a.name} (task {future._i or '-'})"
    if not future._s:
        entries = session.query(f"explain {future._i}")
        state = entries.get("state", "unknown")
        text = _STATES.get(state, state)
        attempt = int(entries.get("attempt", "0"))
        again = f", attempt {attempt + 1}" if attempt else ""
        if not future._s:
            why = entries.get("why", "") if state in _EXPLAINED else ""
            return "\n  ".join([f"{head} {text}{again}", *why.splitlines()])
    if future._s == CANCELLED:
        return f"{head} was cancelled before it ran"
    future._decode()
    if future._s != ERROR:
        return f"{head} ended well; its result is a {type(future._v).__name__}"
    return f"{head} failed: " + " <- ".join(_causes(future._v))


def _causes(error: BaseException | None) -> list[str]:
    from fonio.errors import RemoteTraceback

    texts = []
    while error is not None and not isinstance(error, RemoteTraceback):
        texts.append(f"{type(error).__name__}: {error}")
        error = error.__cause__
    return texts


_STATES = {
    "waiting": "waits for other tasks",
    "ready": "waits for a free worker",
    "held": "is with a worker",
    "looking_up": "is looked up among stored results",
    "asked": "has failed; its retry handler decides",
    "promised": "waits for the tasks of a join app",
    "unknown": "has ended; its result is on the way",
}

_EXPLAINED = {"waiting", "ready", "held"}
"""States of which the engine knows more than their name."""
