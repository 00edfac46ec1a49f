"""The data flow kernel as Python sees it: an engine, its executors, and the apps attached to it.

Parsl's name and members; the work is done by the engine process.
"""

from __future__ import annotations

import atexit
import threading
import weakref
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fonio import _current, _live
from fonio._engine import Engine
from fonio._output import Output
from fonio._settings import ExecutorSettings, Settings
from fonio.config import Config
from fonio.errors import ConfigurationError, FonioError
from fonio.executors._base import EngineExecutor
from fonio.executors.threads import ThreadPoolExecutor

if TYPE_CHECKING:
    import concurrent.futures as cf

    from fonio._account import Account
    from fonio._app_function import AppFunction

_INTERNAL = "fonio_internal"
_CHECKPOINT_S = 600.0


class DataFlowKernel:
    """A running engine with its configuration; a context manager that ends it.

    `fonio.load` makes one and makes it the one that apps use. One that is made by hand is given to
    its apps, `python_app(data_flow_kernel=engine)`, so that several run side by side. Leaving
    `with` does what the configuration's `exit_mode` says. `run_dir` is the folder of this run.
    """

    def __init__(self, config: Config | None = None) -> None:
        if config is not None and not isinstance(config, Config):
            raise TypeError(f"load: config must be a fonio.Config, not {config!r}")
        self.config = config = Config() if config is None else config
        self.executors: dict[str, EngineExecutor | ThreadPoolExecutor] = {}
        self.cleaned_up = False
        self.memoizer = config.memoizer
        self.output = Output()
        self._threads: dict[str, cf.ThreadPoolExecutor] = {}
        self._apps: weakref.WeakSet[AppFunction] = weakref.WeakSet()
        self._paths: dict[Any, Callable[..., Any]] = {}
        self._lock = threading.Lock()
        self._calls = count(1)
        self._final: Account | None = None
        self._engine = Engine(self._settings(), _import_the_rest)
        self.session = self._engine.session
        self.run_dir = str(self._engine.run)
        self.session.background_threads = config.internal_tasks_max_threads
        from fonio._client_results import ClientResults

        self.results = ClientResults(self.session)
        self.add_executors(config.executors)
        if self.memoizer is not None:
            self.memoizer.start(run_dir=self.run_dir)
        _live.add(self)
        atexit.register(self.cleanup)

    def _settings(self) -> Settings:
        lanes = [e.settings() for e in self.config.executors if isinstance(e, EngineExecutor)]
        memo = self.memoizer
        return Settings(
            executors=lanes or [ExecutorSettings(label=_INTERNAL, workers=1)],
            home=Path(self.config.run_dir),
            checkpoint=getattr(memo, "mode", "none"),
            checkpoint_period_ms=getattr(memo, "period_ms", 30_000),
            memoize=getattr(memo, "memoize", True),
            initializer=self.config.initializer,
            output=self.output,
            java_options=self.config.java_options,
            scaling=self.config.scaling(),
            durable=self.config.durable,
            keep=self.config.on_client_exit == "keep",
            journal_patience_s=self.config.journal_patience,
            manager_patience_s=self.config.manager_patience,
        )

    def add_executors(self, executors: Any) -> None:
        """Adds executors; those with workers can only be added by the configuration."""
        for executor in executors:
            if isinstance(executor, EngineExecutor) and executor not in self.config.executors:
                raise ConfigurationError(
                    f"{executor!r} cannot join a running engine: name it in Config(executors=[...])"
                )
            if executor.label in self.executors:
                raise ConfigurationError(f"the label {executor.label!r} is taken")
            self.executors[executor.label] = executor

    def threads(self, label: str) -> cf.ThreadPoolExecutor:
        """The threads of a thread pool executor."""
        with self._lock:
            if label not in self._threads:
                executor = self.executors[label]
                assert isinstance(executor, ThreadPoolExecutor)
                self._threads[label] = executor.open()
            return self._threads[label]

    def path(self, key: Any, make: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
        """The call path that belongs to the key, made at its first use."""
        found = self._paths.get(key)
        if found is None:
            found = self._paths[key] = make()
        return found

    def next_call(self) -> int:
        """The number of the next call that names files after itself."""
        return next(self._calls)

    def attached(self, app: AppFunction) -> None:
        """Notes an app whose calls come here, to let it go at the end."""
        if self.cleaned_up:
            raise FonioError("this engine has been cleaned up: call fonio.load() again")
        self._apps.add(app)

    @property
    def workers(self) -> int:
        """How many tasks run at a time in worker processes."""
        return sum([e.workers for e in self.executors.values() if isinstance(e, EngineExecutor)])

    @property
    def task_count(self) -> int:
        """How many tasks were submitted."""
        outbox = self.session.outbox
        return outbox.next_id - 1 + len(outbox.buffer)

    @property
    def tasks(self) -> dict[int, Any]:
        """The records of the tasks that have not ended, by their numbers."""
        self.session.outbox.flush()
        return {
            future._i: getattr(future, "task_record", {"id": future._i, "app_fu": future})
            for future in self.session.inbox.pending
            if not future._s
        }

    def account(self) -> Account:
        """What the run has done so far; after the end, what it did."""
        if self._final is not None:
            return self._final
        self.session.outbox.flush()
        from fonio._account import account_of

        return account_of(self.session.query("account"))

    def wait_for_current_tasks(self) -> None:
        """Waits until all tasks that were submitted so far have ended."""
        self.session.wait_for_all()

    def checkpoint(self, tasks: Any = None) -> None:
        """Writes what `checkpoint_mode='manual'` has gathered; it is on disk when this returns."""
        answer = self.session.query("checkpoint", _CHECKPOINT_S)
        if "error" in answer:
            raise FonioError(f"the checkpoint was not written: {answer['error']}")

    def log_task_states(self) -> str:
        """One line of how many tasks are in which state."""
        account = self.account()
        return (
            f"pending {account.waiting}, launched {account.running}, "
            f"exec_done {account.succeeded}, failed {account.failed}"
        )

    def cleanup(self) -> None:
        """Ends the engine and what belongs to it; tasks that are not done are dropped."""
        with self._lock:
            if self.cleaned_up:
                return
            self.cleaned_up = True
        atexit.unregister(self.cleanup)
        for app in list(self._apps):
            app.detach()
        if not self.session.forked:
            from fonio._account import last_account

            self._final = last_account(self.session)
        for pool in self._threads.values():
            pool.shutdown(wait=False, cancel_futures=True)
        if self.memoizer is not None:
            self.memoizer.close()
        if self.config.on_client_exit == "keep":
            self._engine.leave()
        else:
            self._engine.close()
        self.output.close()
        _live.ended(self)
        _current.forget(self)

    def __enter__(self) -> DataFlowKernel:
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        mode = self.config.exit_mode
        if mode == "skip":
            return
        if mode == "wait" and kind is None:
            self.wait_for_current_tasks()
        self.cleanup()

    def __repr__(self) -> str:
        return f"<DataFlowKernel of run {self.run_dir}, engine {self._engine.pid}>"


def _import_the_rest() -> None:
    """Imports what the first call of an app needs."""
    from fonio import _account, _attach, _client_results  # noqa: F401
