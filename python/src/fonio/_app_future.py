"""The future of an app's call, with what Parsl's users know: `tid`, `outputs`, `f[k]`, `f.attr`.

`LiftingFuture` has `__getattr__`, which makes every attribute of an object slower to read, those of
the hot path too. So it is used only where a result may have attributes worth asking for.
"""

from __future__ import annotations

import operator
from typing import Any

from fonio._app import make_app
from fonio._future import CANCELLED, ERROR, Future
from fonio.errors import DependencyError


class AppFuture(Future):
    """The result, now or later, of an app's call."""

    __slots__ = ()
    _resources: Any = None
    """The call's resource specification, where it has one."""

    @property
    def tid(self) -> int:
        """The task's number."""
        if not self._i and not self._s:
            self._a.session.outbox.flush()
        return self._i

    @property
    def stdout(self) -> Any:
        """Where the standard output of a bash app goes: a path, a DataFuture or None."""
        return self.__dict__.get("_stdout")

    @property
    def stderr(self) -> Any:
        """Where the error output of a bash app goes: a path, a DataFuture or None."""
        return self.__dict__.get("_stderr")

    @property
    def outputs(self) -> list[Any]:
        """A DataFuture for each file in the call's `outputs`."""
        return self.__dict__.get("_outputs") or []

    def task_status(self) -> str:
        """The state's name, as Parsl's."""
        if not self._s:
            self._a.session.poll()
        if not self._s:
            if not self._i:
                return "pending"
            state = self._a.session.query(f"task {self.tid}").get("state", "")
            if not self._s:
                return _LIVE.get(state, "pending")
        if self._s == CANCELLED:
            return "failed"
        self._decode()
        if self._s != ERROR:
            return "exec_done"
        return "dep_fail" if isinstance(self._v, DependencyError) else "failed"

    @property
    def task_record(self) -> dict[str, Any]:
        """What is known of the task."""
        function = self._a.function
        options = self._a.options
        known = self.__dict__
        return {
            "id": self.tid,
            "func_name": self._a.name,
            "func": None if function is None else function.call,
            "status": self.task_status(),
            "app_fu": self,
            "executor": options.get("lane"),
            "memoize": bool(options.get("cache")),
            "fail_count": len(known.get("_failures", ())),
            "fail_cost": known.get("_cost", 0),
            "fail_history": list(known.get("_failures", ())),
            "resource_specification": known.get("_resources", {}),
            "outputs": self.outputs,
        }

    task_def = task_record

    def __getitem__(self, key: Any) -> AppFuture:
        return _lifted(self, operator.getitem, key)


class LiftingFuture(AppFuture):
    """A future whose attributes are futures of the result's attributes."""

    __slots__ = ()

    def __getattr__(self, name: str) -> AppFuture:
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return _lifted(self, getattr, name)


def _lifted(future: AppFuture, function: Any, key: Any) -> AppFuture:
    """A small task that takes something out of the future's result."""
    task_class = future._a.session.make_class(function)
    result: AppFuture = make_app(task_class, type(future))(future, key)
    return result


_LIVE = {"waiting": "pending", "ready": "launched", "held": "launched", "running": "running"}
