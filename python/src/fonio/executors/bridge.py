"""The bridge executor: tasks for the workers of another library's executor."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fonio._bridge_recipe import Recipe
from fonio._checks import a_folder
from fonio._chosen import whole
from fonio._parameters import Parameters
from fonio._rules import label as a_label
from fonio._rules import optional, some_text, texts_by_name
from fonio._rules import whole as at_least
from fonio.errors import ConfigurationError
from fonio.executors._base import EngineExecutor
from fonio.executors._blocks import BlockSettings

_PATH = re.compile(r"[\w.]+:[\w.]+")
_MOST_RECIPE_CHARS = 512 << 10


def _callable(owner: str, name: str, value: Any) -> Any:
    if isinstance(value, str) and not _PATH.fullmatch(value):
        raise ConfigurationError(
            f"{owner}: {name} is {value!r}: write an import path as 'package.module:function'"
        )
    if isinstance(value, str) or callable(value):
        return value
    raise TypeError(
        f"{owner}: {name} must be callable, or an import path, not {value!r} "
        f"(a {type(value).__name__})"
    )


class BridgeExecutor(Parameters, EngineExecutor):
    """An executor that runs tasks in the workers of any other `concurrent.futures.Executor`.

    `factory` makes that executor, in a process of its own: a callable, or an import path such as
    'dask.distributed:Client', called with `args` and `kwargs`. What it returns is an executor, or
    has `get_executor()`. At the end `close` is called with it; by default its `shutdown` or
    `close`. An executor that breaks is made anew; after `restarts` times in which it ran nothing,
    its tasks fail.

    `workers` is how many tasks it runs at a time; the default is what it tells of itself.
    `outstanding` is how many submissions it holds: too few leave its workers idle between tasks,
    too many cannot be taken back any more. The default is two for each worker. Short tasks that
    wait in numbers go into one submission together.

    `launch` replaces the interpreter in the command of the process, for example
    'mpiexec -n 4 {python} -m mpi4py.futures'. `python` is the interpreter, `env` holds variables,
    and `kills` is how often a task may end its worker before it fails for good.

    >>> from fonio.executors.bridge import BridgeExecutor
    >>> BridgeExecutor("pool", "concurrent.futures:ProcessPoolExecutor", args=(4,)).label
    'pool'
    """

    word = "bridge"
    rules = {  # noqa: RUF012 - nobody changes it
        "label": a_label,
        "factory": _callable,
        "workers": optional(at_least(1)),
        "outstanding": optional(at_least(1)),
        "close": optional(_callable),
        "restarts": at_least(0),
        "launch": optional(some_text),
        "python": some_text,
        "env": texts_by_name,
        "kills": at_least(1),
    }
    label: str
    factory: Any
    close: Any
    env: Mapping[str, str]
    kills: int

    def __init__(
        self,
        label: str = "bridge",
        factory: Callable[..., Any] | str = "concurrent.futures:ProcessPoolExecutor",
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
        *,
        workers: int | None = None,
        outstanding: int | None = None,
        close: Callable[[Any], Any] | str | None = None,
        restarts: int = 10,
        launch: str | None = None,
        python: str | None = None,
        env: Mapping[str, str] | None = None,
        kills: int | None = None,
        storage_access: Sequence[Any] | None = None,
        working_dir: str | os.PathLike[str] | None = None,
    ) -> None:
        me = type(self).__name__
        self._take(
            {
                "label": label,
                "factory": factory,
                "outstanding": outstanding,
                "close": close,
                "restarts": restarts,
                "launch": launch,
                "python": sys.executable if python is None else python,
                "env": {} if env is None else env,
                "kills": whole(me, "kills", kills, 3, 1),
            }
        )
        self._workers = optional(at_least(1))(me, "workers", workers)
        self.workers = self._workers or 0
        self.args = tuple(args)
        self.kwargs = dict(kwargs or {})
        self.storage_access = storage_access
        self.working_dir = a_folder(type(self).__name__, "working_dir", working_dir)
        self._recipe = Recipe(self.factory, self.args, self.kwargs, self.close).text()
        if len(self._recipe) > _MOST_RECIPE_CHARS:
            raise ConfigurationError(
                f"{me}: factory, args and kwargs have {len(self._recipe):,} characters when "
                f"pickled, more than {_MOST_RECIPE_CHARS:,}: have the factory read a file"
            )

    def keys(self) -> dict[str, object]:
        """The entries of `engine.properties`, without the label."""
        entries = super().keys()
        for name in ("label", "factory", "close", "env"):
            entries.pop(name, None)
        entries.update({f"env.{name}": value for name, value in self.env.items()})
        for name in ("outstanding", "restarts"):
            if name in entries:
                entries[f"bridge.{name}"] = entries.pop(name)
        if self._workers is not None:
            entries["bridge.workers"] = self._workers
        entries["bridge.recipe"] = self._recipe
        return entries

    def settings(self) -> BlockSettings:
        """What the engine is told."""
        return BlockSettings(self.label, self.word, self.kills, self.keys())

    def __repr__(self) -> str:
        return f"{type(self).__name__}(label={self.label!r}, factory={self.factory!r})"


class DaskExecutor(BridgeExecutor):
    """A bridge to Dask: tasks run in the workers of a Dask cluster.

    `address` is that of a scheduler; without one a cluster is started on this machine. `client`
    holds more arguments of `dask.distributed.Client`. Everything else is as for BridgeExecutor.
    """

    def __init__(
        self,
        label: str = "dask",
        address: str | None = None,
        *,
        client: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, "dask.distributed:Client", (address,), client, **options)


class RayExecutor(BridgeExecutor):
    """A bridge to Ray: each submission is a task of Ray.

    `address` is that of a cluster; without one Ray is started on this machine. `init` holds more
    arguments of `ray.init`, and `task` the options of Ray's tasks, such as `num_cpus`. Everything
    else is as for BridgeExecutor.
    """

    def __init__(
        self,
        label: str = "ray",
        address: str | None = None,
        *,
        init: Mapping[str, Any] | None = None,
        task: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        start = {**({} if address is None else {"address": address}), **(init or {})}
        super().__init__(label, "fonio._bridge_ray:RayTasks", (start, dict(task or {})), **options)


class MPIPoolExecutor(BridgeExecutor):
    """A bridge to MPI: tasks run in ranks, by `mpi4py.futures.MPIPoolExecutor`.

    With `ranks` the bridge is started by `mpiexec` as the first of so many ranks, and the others
    run tasks; `mpiexec` may hold more words. Without, MPI spawns `max_workers` ranks by itself.
    Everything else is as for BridgeExecutor.
    """

    def __init__(
        self,
        label: str = "mpipool",
        ranks: int | None = None,
        *,
        max_workers: int | None = None,
        mpiexec: str = "mpiexec",
        **options: Any,
    ) -> None:
        if ranks is not None:
            at_least(2)(type(self).__name__, "ranks", ranks)
            options.setdefault("launch", f"{mpiexec} -n {ranks} {{python}} -m mpi4py.futures")
        super().__init__(label, "mpi4py.futures:MPIPoolExecutor", (max_workers,), **options)
