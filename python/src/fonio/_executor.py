"""`fonio.Executor`: a `concurrent.futures.Executor` with an engine of its own.

Functions that are known by what they are (module functions without closure, builtins, classes) are
interned: their code travels once. Bound methods, closures, partials and other callables carry a
state, so they travel with each call, as the argument of `apply`.
"""

from __future__ import annotations

import atexit
import concurrent.futures as cf
import functools
import os
import threading
import types
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from fonio import _live
from fonio._account import Account, account_of, last_account
from fonio._app import make_app
from fonio._apply import apply
from fonio._checks import a_callable
from fonio._chosen import home, whole
from fonio._engine import Engine
from fonio._future import Future
from fonio._map import open_map
from fonio._output import Output
from fonio._settings import Settings
from fonio.executors.direct import DirectExecutor

_INTERNED = 30_000


class Executor(cf.Executor):
    """Runs calls in worker processes: a ProcessPoolExecutor for very many very small tasks.

    `max_workers` (or `workers`) is the number of processes; the default is the cores that this
    process may use. `initializer(*initargs)` runs in each worker before its first task.
    `max_tasks_per_child` replaces a worker after so many tasks. Futures may be arguments. A worker
    that dies fails its own task alone, with a BrokenExecutor error, and is replaced.

    >>> import fonio
    >>> with fonio.Executor(max_workers=1) as pool:
    ...     print(pool.submit(pow, 2, 10).result(), list(pool.map(abs, [-1, -2])))
    1024 [1, 2]
    """

    def __init__(
        self,
        max_workers: int | None = None,
        *,
        workers: int | None = None,
        initializer: Callable[..., Any] | None = None,
        initargs: tuple[Any, ...] = (),
        max_tasks_per_child: int | None = None,
        retries: int | None = None,
        run_dir: str | os.PathLike[str] | None = None,
    ) -> None:
        if initializer is not None:
            a_callable("Executor", "initializer", initializer)
        count = max_workers if max_workers is not None else workers
        if count is not None and isinstance(count, int) and count < 1:
            raise ValueError(f"max_workers is {count}: it must be greater than 0")
        direct = DirectExecutor(workers=count, max_tasks_per_child=max_tasks_per_child)
        self._workers = direct.workers
        self._retries = whole("Executor", "retries", retries, 0, 0)
        self._output = Output()
        self._engine = Engine(
            Settings(
                executors=[direct.settings()],
                home=Path(home(run_dir)),
                initializer=functools.partial(initializer, *initargs) if initializer else None,
                output=self._output,
            )
        )
        self._session = self._engine.session
        self._apply = self._call_of(apply)
        self._calls: dict[Any, Callable[..., Any]] = {}
        self._shut = False
        self._lock = threading.Lock()
        self._final: Account | None = None
        _live.add(self)
        atexit.register(self.shutdown)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        """Submits `fn(*args, **kwargs)` and returns its future."""
        try:
            call = self._calls[fn]
        except (KeyError, TypeError):
            call = self._new(fn)
        future: Future = call(*args, **kwargs)
        return future

    def map(
        self,
        fn: Callable[..., Any],
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int | None = None,
        buffersize: int | None = None,
    ) -> Iterator[Any]:
        """The results over the elements, in order; the input is read in windows.

        `chunksize` fixes how many elements travel together; by default their measured time
        decides. `buffersize` is how many elements may be ahead of the one that is read. `timeout`
        is in seconds from this call; then reading a result raises TimeoutError.
        """
        self._check()
        for name, value in (("chunksize", chunksize), ("buffersize", buffersize)):
            if value is not None and (not isinstance(value, int) or value < 1):
                raise ValueError(f"{name} is {value!r}: it must be an int that is at least 1")
        results = open_map(
            self._session,
            fn,
            iterables,
            self._workers,
            chunk=chunksize,
            window=buffersize,
            timeout=timeout,
            retries=self._retries,
        )
        return results

    def account(self) -> Account:
        """What this executor has done so far; after the end, what it did."""
        if self._final is not None:
            return self._final
        return account_of(self._session.query("account"))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the executor: what was submitted is finished first, or cancelled where asked.

        Without `wait` it returns at once, and a thread sees to the end.
        """
        with self._lock:
            if self._shut:
                return
            self._shut = True
        self._calls.clear()
        if cancel_futures and not self._session.forked:
            self._cancel_all()
        if wait or self._session.forked:
            self._end()
        else:
            threading.Thread(target=self._end, name="fonio-shutdown").start()

    def _end(self) -> None:
        atexit.unregister(self.shutdown)
        session = self._session
        if not session.forked:
            session.wait_for_all()
            self._final = last_account(session)
        self._engine.close()
        self._output.close()
        _live.ended(self)

    def _cancel_all(self) -> None:
        session = self._session
        session.outbox.flush()
        for future in reversed(list(session.inbox.pending)):
            if not future._s:
                future.cancel()

    def _check(self) -> None:
        if self._shut:
            raise RuntimeError("cannot schedule new futures after shutdown")
        self._session.check_process()

    def _new(self, fn: Callable[..., Any]) -> Callable[..., Any]:
        self._check()
        a_callable("submit", "fn", fn)
        if not _stateless(fn) or len(self._calls) >= _INTERNED:
            return functools.partial(self._apply, fn)
        call = self._calls[fn] = self._call_of(fn)
        return call

    def _call_of(self, fn: Callable[..., Any]) -> Callable[..., Any]:
        return make_app(self._session.make_class(fn, retries=self._retries or None))


def _stateless(fn: Any) -> bool:
    """Whether the callable is the same at each call, so that it may be pickled once."""
    if isinstance(fn, types.FunctionType):
        return fn.__closure__ is None
    if isinstance(fn, types.BuiltinFunctionType):
        return fn.__self__ is None or isinstance(fn.__self__, types.ModuleType)
    return isinstance(fn, type)
