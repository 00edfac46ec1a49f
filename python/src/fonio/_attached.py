"""A durable run that another process began: its futures, here."""

from __future__ import annotations

import atexit
import concurrent.futures as cf
import os
from collections.abc import Iterable
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any

from fonio._app import TaskClass
from fonio._future import Future
from fonio._sparse import Sparse
from fonio._wire import ANSWER, parse_lines
from fonio.errors import FonioError

if TYPE_CHECKING:
    from fonio._account import Account
    from fonio._launch import Launch
    from fonio._session import Session

_END_S = 5.0
_TASKS_S = 600.0


class AttachedRun:
    """A run that goes on, or has ended: what it has not told anybody yet; a context manager.

    `futures` holds, by the number of the task, a future of each task that has not ended or whose
    result no client has read. Leaving lets the run go on, until all its tasks have ended; `stop()`
    ends it. Nothing can be submitted: the functions are in the process that began the run.
    """

    def __init__(self, session: Session, launch: Launch) -> None:
        self.run_dir = str(launch.folders.run)
        self.futures: dict[int, Future] = {}
        self._session = session
        self._launch = launch
        self._open = True
        atexit.register(self.leave)

    def wait(self, timeout: float | None = None) -> AttachedRun:
        """Waits until all tasks have ended, well or not; TimeoutError after `timeout` seconds."""
        end = None if timeout is None else monotonic() + timeout
        for future in self.futures.values():
            self._session.wait(future, None if end is None else max(0.0, end - monotonic()))
        return self

    def status(self) -> Account:
        """What the run has done so far, all its engines and clients together."""
        from fonio._account import account_of

        return account_of(self._session.query("account"))

    def cancel(self, tasks: Iterable[int] | None = None) -> int:
        """Cancels tasks that do not run yet, by default all of them; how many that were."""
        numbers = list(self.futures if tasks is None else tasks)
        return sum([self.futures[number].cancel() for number in numbers])

    def stop(self) -> None:
        """Ends the run in order; tasks that are not done are dropped."""
        self._leave(self._session.close, (False, _END_S))
        self._launch.kill(_END_S)
        self._launch.folders.remove()

    def leave(self) -> None:
        """Lets go of the run, which goes on; whoever attaches next gets what was not read here."""
        self._leave(self._session.leave, (_END_S,))

    def _leave(self, how: Any, arguments: tuple[Any, ...]) -> None:
        if self._open:
            self._open = False
            atexit.unregister(self.leave)
            how(*arguments)
            if not self._session.forked:
                self._launch.folders.let_go()

    def __enter__(self) -> AttachedRun:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.leave()

    def __repr__(self) -> str:
        return f"<AttachedRun {self.run_dir}, {len(self.futures)} tasks>"


def attach(run: int | str | os.PathLike[str] | None = None) -> AttachedRun:
    """Takes up a durable run whose client is gone: its engine if that lives, else a new one.

    `run` is its number or its folder; without it, the last durable one of this place (`.fonio`, or
    FONIO_HOME). What tasks raised and returned is read as in the first client, so modules that it
    imported must be found here too. A run has one client at a time: a second is a RunInUseError.
    Tasks that the first client was to end itself (join apps, thread pools, tasks that wait for
    futures of other libraries) end in ClientGone.

    >>> import fonio
    >>> config = fonio.Config(durable=True, on_client_exit="keep")
    >>> with fonio.load(config) as engine:
    ...     _ = [fonio.python_app(abs)(-n) for n in range(3)]
    >>> with fonio.attach(engine.run_dir) as run:
    ...     print(sorted(future.result(60) for future in run.futures.values()))
    [0, 1, 2]
    """
    from fonio._rejoin import rejoin

    session, launch = rejoin(run)
    attached = AttachedRun(session, launch)
    sparse = Sparse()
    session.inbox.pending = sparse  # type: ignore[assignment]
    classes: dict[str, TaskClass] = {}
    usual = session.inbox.handlers[ANSWER]

    def answered(flags: int, class_id: int, count: int, first: int, body: bytes) -> None:
        """Knows the futures before the results, which follow at once."""
        for numbers, name in parse_lines(body).items():
            begin, _, end = numbers.partition("-")
            known = classes.setdefault(name, TaskClass(session, 0, name, None, {}))
            for number in range(int(begin), int(end) + 1):
                attached.futures[number] = sparse.expect(number, known)
        session.inbox.handlers[ANSWER] = usual
        usual(flags, class_id, count, first, body or b"tasks=0\n")

    session.inbox.handlers[ANSWER] = answered
    try:
        session.query("tasks", _TASKS_S)
    except (FonioError, cf.TimeoutError):
        attached.leave()
        raise
    return attached


def runs_of(home: Path) -> list[Path]:
    """The durable runs of a place, the last one first."""
    numbered = [p for p in (home / "runs").glob("*") if p.name.isdigit()]
    durable = [p for p in numbered if (p / "journal").is_dir()]
    return sorted(durable, key=lambda p: int(p.name), reverse=True)
