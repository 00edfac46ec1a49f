"""The task classes of an app on an engine: one for each choice of options that its calls make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fonio import _retry
from fonio.errors import ConfigurationError

if TYPE_CHECKING:
    from fonio._app import TaskClass
    from fonio._app_spec import AppSpec
    from fonio._dfk import DataFlowKernel
    from fonio._resources import Options

_NOT_GIVEN = object()


class AppClasses:
    """The classes of one app on one engine, interned."""

    def __init__(self, kernel: DataFlowKernel, spec: AppSpec) -> None:
        self._kernel = kernel
        self._spec = spec
        self._classes: dict[Any, TaskClass] = {}

    def of(
        self,
        lane: str | None,
        walltime: Any = _NOT_GIVEN,
        body: Any = None,
        priority: int | None = None,
        needs: Options = (),
    ) -> TaskClass:
        """The interned class of the app with these options."""
        seconds = self._spec.walltime if walltime is _NOT_GIVEN else walltime
        rank = self._spec.priority if priority is None else priority
        key = (lane, seconds, body, rank, needs)
        found = self._classes.get(key)
        if found is None:
            found = self._classes[key] = self._make(*key)
        return found

    def _make(
        self, lane: str | None, walltime: Any, body: Any, rank: int, needs: Options
    ) -> TaskClass:
        spec = self._spec
        config = self._kernel.config
        retries = config.retries if spec.retries is None else spec.retries
        options: dict[str, Any] = {
            "retries": retries,
            "priority": rank or None,
            "walltime_ms": _milliseconds(spec.name, walltime),
            "on_worker_lost": spec.on_worker_lost,
            "cache": spec.cache or None,
            **dict(needs),
        }
        if lane is not None and len(self._kernel.executors) > 1:
            options["lane"] = lane
        if config.retry_handler is not None and retries:
            options["retry"] = _retry.handler(config.retry_handler, retries)
        return self._kernel.session.make_class(body or spec.body, name=spec.name, **options)


def _milliseconds(name: str, walltime: Any) -> int | None:
    if walltime is None:
        return None
    if not isinstance(walltime, (int, float)) or walltime <= 0:
        raise ConfigurationError(f"app {name}: walltime is {walltime!r}: give seconds above 0")
    return max(1, round(walltime * 1000))
