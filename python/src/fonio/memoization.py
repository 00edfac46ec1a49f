"""Memoization: what makes two calls the same, and where their results are kept.

`id_for_memo` is a registry: `@id_for_memo.register(MyType)` adds a type. The key of a call is a
hash of the app's code and of its arguments; the results of tasks among them are added by the
engine, as bytes, or here where they are known already. Results are kept by the engine.
"""

from __future__ import annotations

import concurrent.futures as cf
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from fonio._code_hash import code_hash
from fonio._memo_types import id_for_memo
from fonio.errors import BadCheckpoint, ConfigurationError

if TYPE_CHECKING:
    from fonio._app_spec import AppSpec

__all__ = ["BasicMemoizer", "Memoizer", "id_for_memo", "key_of_calls", "make_hash"]

_MODES = ("task_exit", "periodic", "dfk_exit", "manual")
_NOT_HASHED = frozenset(("walltime", "parsl_resource_specification", "_parsl_staging_inhibit"))


class Memoizer(ABC):
    """What a run asks for results that are known; the interface is Parsl's.

    A task is a dict with Parsl's keys `func`, `func_name`, `args` and `kwargs` (as values, futures
    have ended), `memoize`, `ignore_for_cache`, `app_fu`, `id` and `hashsum`. Only calls of apps
    with `cache=True` are asked for. A memoizer that has the older `update_memo(task, future)` is
    told by that alone.
    """

    memoize = True
    mode = "none"
    period_ms = 30_000

    @abstractmethod
    def start(self, *, run_dir: str) -> None:
        """The run begins."""

    def check_memo(self, task: dict[str, Any]) -> cf.Future[Any] | None:
        """The future of an equal task, whose result is then this task's too; None: it runs."""
        return None

    def update_memo_result(self, task: dict[str, Any], r: Any) -> None:
        """The task has run and has this result."""
        return None

    def update_memo_exception(self, task: dict[str, Any], e: BaseException) -> None:
        """The task has run and has failed."""
        return None

    @abstractmethod
    def close(self) -> None:
        """The run ends."""


class BasicMemoizer(Memoizer):
    """Keeps the results of cached apps; `checkpoint_mode` says when they are written to disk.

    `task_exit` after each task, `periodic` every `checkpoint_period` ("HH:MM:SS"), `dfk_exit` at
    the end, `manual` by `checkpoint()`. Without a mode they are kept for this run. What earlier
    runs in the same run folder have written is found without being named.

    A subclass with its own `make_hash` says which calls are equal. One with its own `check_memo` or
    `update_memo_result` is asked in this process; what it leaves to this class is then remembered
    here, for this run.
    """

    def __init__(
        self,
        *,
        checkpoint_files: Sequence[str] | None = None,
        checkpoint_period: str | None = None,
        checkpoint_mode: str | None = None,
        memoize: bool = True,
    ) -> None:
        if checkpoint_mode is not None and checkpoint_mode not in _MODES:
            raise ConfigurationError(
                f"checkpoint_mode is {checkpoint_mode!r}: use one of {', '.join(_MODES)}, or None"
            )
        if checkpoint_mode == "periodic" and checkpoint_period is None:
            raise ConfigurationError(
                "checkpoint_mode='periodic' needs a checkpoint_period, for example '00:05:00'"
            )
        self.checkpoint_mode = checkpoint_mode
        self.checkpoint_files = _checkpoints(checkpoint_files)
        self.checkpoint_period = checkpoint_period
        self.memoize = memoize
        self.mode = checkpoint_mode or "none"
        if checkpoint_period is not None:
            self.period_ms = _milliseconds(checkpoint_period)

        self._known: dict[str, cf.Future[Any]] = {}

    def start(self, *, run_dir: str) -> None:
        """The run begins."""

    def make_hash(self, task: dict[str, Any]) -> str:
        """What is the same for equal tasks only."""
        return make_hash(task)

    def check_memo(self, task: dict[str, Any]) -> cf.Future[Any] | None:
        """The future of a task with the same hash."""
        if not self.memoize or not task["memoize"]:
            task["hashsum"] = None
            return None
        task["hashsum"] = self.make_hash(task)
        return self._known.get(task["hashsum"])

    def update_memo_result(self, task: dict[str, Any], r: Any) -> None:
        """Remembers the task."""
        if task.get("hashsum") is not None:
            self._known[task["hashsum"]] = task["app_fu"]

    def update_memo_exception(self, task: dict[str, Any], e: BaseException) -> None:
        """Remembers the task: in this run an equal one fails alike."""
        self.update_memo_result(task, None)

    def checkpoint(self) -> None:
        """Writes what was gathered since the last time."""
        from fonio import _current

        _current.dfk().checkpoint()

    def close(self) -> None:
        """The run ends."""


def make_hash(task: Any) -> str:
    """The hash of a task record with `func`, `args` and `kwargs`, by Parsl's rule."""
    return _hash(
        id_for_memo(task["func"]),
        task["args"],
        task["kwargs"],
        frozenset(task.get("ignore_for_cache") or ()),
    ).hex()


def key_of_calls(spec: AppSpec) -> Callable[[tuple[Any, ...], dict[str, Any]], bytes]:
    """The function from the arguments of a call of the app to its key, 32 bytes."""
    ignored = frozenset(spec.ignore_for_cache) | _NOT_HASHED
    body = code_hash(spec.body) if spec.memo_code else b""
    name = f"{spec.kind}:{getattr(spec.body, '__module__', '')}.{spec.name}".encode()
    whole = hashlib.sha256(name + b"\0" + body).digest()

    def key(args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
        return _hash(whole, args, kwargs, ignored)

    return key


def key_by_hash(
    memoizer: BasicMemoizer, path: Any
) -> Callable[[tuple[Any, ...], dict[str, Any]], bytes]:
    """The same by the memoizer's own `make_hash`."""
    from fonio._own_memo import record

    def key(args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
        own = memoizer.make_hash(record(path, None, args, kwargs))
        return hashlib.sha256(own.encode() if isinstance(own, str) else own).digest()

    return key


def _hash(
    function: bytes, args: tuple[Any, ...], kwargs: dict[str, Any], ignored: frozenset[str]
) -> bytes:
    digest = hashlib.sha256()
    given = dict(kwargs)
    outputs = given.pop("outputs", None)
    if outputs:
        _add(digest, b"outputs" + id_for_memo(list(outputs), output_ref=True))
    _add(digest, id_for_memo({k: v for k, v in given.items() if k not in ignored}))
    _add(digest, function)
    _add(digest, id_for_memo(tuple(args)))
    return digest.digest()


def _add(digest: Any, part: bytes) -> None:
    digest.update(len(part).to_bytes(8, "little"))
    digest.update(part)


def _milliseconds(period: str) -> int:
    try:
        hours, minutes, seconds = [int(part) for part in period.split(":")]
    except (AttributeError, ValueError):
        raise ConfigurationError(
            f"checkpoint_period is {period!r}: write HH:MM:SS, for example '00:05:00'"
        ) from None
    return max(1000, ((hours * 60 + minutes) * 60 + seconds) * 1000)


def _checkpoints(files: Sequence[str] | None) -> tuple[str, ...]:
    import os

    for file in files or ():
        if not os.path.exists(file):
            raise BadCheckpoint(
                f"the checkpoint {file!r} is not there: leave checkpoint_files out, what the run "
                "folder holds is found without it"
            )
        if os.path.basename(file) in ("tasks.pkl", "dfk.pkl", "checkpoint"):
            raise BadCheckpoint(
                f"{file!r} is a checkpoint of Parsl, which Fonio cannot read: leave it out"
            )
    return tuple(files or ())
