"""The configuration of a run: values that are checked when they are given."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable
from typing import Any

from fonio._checks import a_callable, of_type, old_parameters, one_of
from fonio._chosen import KEYS, chosen, from_environment, from_file, home, whole, word
from fonio._parameters import keys_of
from fonio._rules import above_zero
from fonio.errors import ConfigurationError, UnsupportedFeatureError
from fonio.executors._base import EngineExecutor
from fonio.executors.direct import DirectExecutor
from fonio.executors.threads import ThreadPoolExecutor

_EXITS = ("end", "keep")
_EXIT_MODES = ("cleanup", "skip", "wait")
_STRATEGIES = ("simple", "htex_auto_scale", "capacity", "none")
_WITHOUT_EFFECT = {
    "garbage_collect": "finished tasks leave nothing behind",
    "usage_tracking": "Fonio reports to nobody",
    "project_name": "Fonio reports to nobody",
    "initialize_logging": "the engine writes engine.log in the run's folder",
    "lazy_errors": "errors are always raised where the result is read",
}
_MEMOIZER = {
    "app_cache": "memoize",
    "checkpoint_mode": "checkpoint_mode",
    "checkpoint_period": "checkpoint_period",
    "checkpoint_files": "checkpoint_files",
}
_OUTSIDE = {key: new for key, new in _MEMOIZER.items() if key in KEYS}


class Config:
    """What `fonio.load` is given; every parameter has a default that is right for a laptop.

    `retries` is how often a failed task runs again; with a `retry_handler(exception, record)` it is
    the budget of the costs that the handler returns. `exit_mode` says what leaving `with load()`
    does: `cleanup` drops what is not done, `wait` waits for it, `skip` leaves the engine running.
    `strategy` says how many blocks executors of blocks have: `simple` and `htex_auto_scale` go by
    the tasks, as in Parsl, `capacity` by measured times, `none` keeps the first ones; it looks
    every `strategy_period` seconds, and ends blocks that are idle for `max_idletime` seconds.
    `run_dir` is the folder that holds the runs, the checkpoints and the history (FONIO_HOME
    overrides it). `initializer` is called in each worker before its first task.

    `durable` has the engine write down what it accepts and what ends (`runs/NNN/journal`): an
    engine that dies is started again, and what is done is not run again. `on_client_exit` says what
    happens when this process ends: `end` ends the run, `keep` (which needs `durable`) lets it go on
    until all tasks have ended, and `fonio.attach` takes it up; then leaving `with load()` cancels
    nothing, whatever `exit_mode` says, but ends what only this process can go on with (join apps,
    thread pools). While its disk is full new tasks wait, and after `journal_patience` seconds fail.
    An engine that was started again sends no tasks to managers before those that the last one had
    have come back, but waits at most `manager_patience` seconds: too few, and tasks run twice that
    a manager still has; too many, and those of a node that is gone wait.

    What is None comes from fonio.toml in the working directory, or has its default: `retries` 0,
    `exit_mode` cleanup, `durable` False, `on_client_exit` end, `internal_tasks_max_threads` 10,
    `run_dir` .fonio, `strategy` simple, `strategy_period` 5, `max_idletime` 120.
    FONIO_RETRIES and so on are stronger than what is given, and `fonio run --set retries=2` sets
    them. A value that means nothing is a ConfigurationError, TypeError or ValueError that names it.

    >>> from fonio import Config, DirectExecutor
    >>> config = Config(executors=[DirectExecutor(workers=2)], retries=1, exit_mode="wait")
    >>> config.retries, config.exit_mode, config.executors[0].label
    (1, 'wait', 'direct')
    """

    def __init__(
        self,
        executors: Iterable[EngineExecutor | ThreadPoolExecutor] | None = None,
        *,
        memoizer: Any = None,
        dependency_resolver: Any = None,
        exit_mode: str | None = None,
        internal_tasks_max_threads: int | None = None,
        retries: int | None = None,
        retry_handler: Callable[..., float] | None = None,
        run_dir: str | os.PathLike[str] | None = None,
        std_autopath: Callable[..., Any] | None = None,
        strategy: str | None = None,
        strategy_period: float | None = None,
        max_idletime: float | None = None,
        monitoring: Any = None,
        initializer: Callable[[], Any] | None = None,
        java_options: Iterable[str] | None = None,
        durable: bool | None = None,
        on_client_exit: str | None = None,
        journal_patience: float = 60.0,
        manager_patience: float = 5.0,
        **old: Any,
    ) -> None:
        self.executors = _executors(executors)
        moved = {new: old.pop(name) for name, new in _MEMOIZER.items() if name in old}
        if moved and memoizer is not None:
            raise ConfigurationError(
                f"Config: {', '.join(moved)} belong to the memoizer that is given as well: "
                "put them into BasicMemoizer(...)"
            )
        old_parameters("Config", old, _WITHOUT_EFFECT, Config.__init__.__annotations__)
        if monitoring is not None:
            raise UnsupportedFeatureError(
                f"Config: monitoring={monitoring!r} is not in this version of Fonio: leave it out; "
                "engine.account() and ./fonio status show what a run does"
            )
        self.memoizer = _memoizer(memoizer, moved)
        self.dependency_resolver = dependency_resolver
        self.exit_mode = word("Config", "exit_mode", exit_mode, _EXIT_MODES)
        self.internal_tasks_max_threads = whole(
            "Config", "internal_tasks_max_threads", internal_tasks_max_threads, 10, 1
        )
        self.retries = whole("Config", "retries", retries, 0, 0)
        if retry_handler is not None:
            a_callable("Config", "retry_handler", retry_handler)
        self.retry_handler = retry_handler
        folder = of_type("Config", "run_dir", home(run_dir), (str, os.PathLike), "a path")
        self.run_dir = os.fspath(folder)
        self.std_autopath = std_autopath
        self._scale(strategy, strategy_period, max_idletime)
        if initializer is not None:
            a_callable("Config", "initializer", initializer)
        self.initializer = initializer
        self.java_options: tuple[str, ...] = tuple(chosen("java_options", java_options, ()))
        asked = chosen("durable", durable, False)
        self.durable = of_type("Config", "durable", asked, bool, "True or False")
        self.on_client_exit = word("Config", "on_client_exit", on_client_exit, _EXITS)
        self.journal_patience = above_zero("Config", "journal_patience", journal_patience)
        self.manager_patience = above_zero("Config", "manager_patience", manager_patience)
        if self.on_client_exit == "keep" and not self.durable:
            raise ConfigurationError(
                "Config: on_client_exit='keep' needs durable=True: "
                "a run can only outlive its client when it has a journal"
            )

    def _scale(self, strategy: Any, period: Any, idle: Any) -> None:
        given = {"strategy": strategy, "strategy_period": period, "max_idletime": idle}
        named = [name for name, value in given.items() if value is not None]
        if named and not self._has_blocks:
            warnings.warn(
                f"Config: {named[0]} has no effect: no executor has blocks that are scaled",
                stacklevel=3,
            )
        self.strategy = one_of(
            "Config", "strategy", "simple" if strategy is None else strategy, _STRATEGIES
        )
        self.strategy_period = above_zero(
            "Config", "strategy_period", 5 if period is None else period
        )
        self.max_idletime = above_zero("Config", "max_idletime", 120.0 if idle is None else idle)

    @property
    def _has_blocks(self) -> bool:
        return any([isinstance(e, EngineExecutor) and e.blocks for e in self.executors])

    def scaling(self) -> dict[str, object]:
        """What the engine is told of the scaling of blocks; nothing where there are none."""
        if not self._has_blocks:
            return {}
        names = ("strategy", "strategy_period", "max_idletime")
        return keys_of({name: getattr(self, name) for name in names})

    def __repr__(self) -> str:
        return f"Config(executors={self.executors!r}, retries={self.retries})"


def _executors(given: Any) -> tuple[EngineExecutor | ThreadPoolExecutor, ...]:
    if given is None:
        return (DirectExecutor(),)
    if isinstance(given, (EngineExecutor, ThreadPoolExecutor)):
        raise TypeError(f"Config: executors must be a list, not {given!r}: write executors=[...]")
    executors = tuple(given)
    for executor in executors:
        of_type(
            "Config",
            "an entry of executors",
            executor,
            (EngineExecutor, ThreadPoolExecutor),
            "an executor, for example DirectExecutor(workers=8)",
        )
    labels = [executor.label for executor in executors]
    double = {label for label in labels if labels.count(label) > 1}
    if double:
        raise ConfigurationError(
            f"Config: two executors have the label {double.pop()!r}: give each its own label="
        )
    return executors or (DirectExecutor(),)


def _memoizer(given: Any, moved: dict[str, Any]) -> Any:
    """The memoizer, loaded only where it differs from the default."""
    outside = {new: from_environment(key) for key, new in _OUTSIDE.items()}
    if given is None:
        file = from_file()
        moved = {**{new: file[key] for key, new in _OUTSIDE.items() if key in file}, **moved}
    forced = {new: value for new, value in outside.items() if value is not None}
    if given is None and not moved and not forced:
        return None
    from fonio.memoization import BasicMemoizer, Memoizer

    if given is None:
        return BasicMemoizer(**{**moved, **forced})
    of_type("Config", "memoizer", given, Memoizer, "a Memoizer")
    if not forced:
        return given
    if type(given) is not BasicMemoizer:
        raise ConfigurationError(
            f"Config: memoizer={given!r} is the program's own, which {', '.join(forced)} from "
            "outside cannot change: take those out of --set and FONIO_*"
        )
    own = {key: getattr(given, key) for key in ("checkpoint_files", *_OUTSIDE.values())}
    return BasicMemoizer(**{**own, **forced})
