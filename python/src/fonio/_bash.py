"""Calls of bash apps: where their streams go is decided here, the rest happens in the worker."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from fonio._bash_body import BashBody

if TYPE_CHECKING:
    from fonio._future import Future

_AUTO = -1


class Bash:
    """The calls of one bash app on one engine."""

    def __init__(self, path: Any) -> None:
        self._path = path
        self._body = BashBody(path.spec.body, path.spec.name)

    def prepare(self, future: Future, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The payload of a call."""
        path = self._path
        given = {**path.defaults, **kwargs}
        known = future.__dict__
        walltime = given.pop("walltime", path.spec.walltime)
        path.note_resources(future, given.pop("parsl_resource_specification", None))
        number = 0
        for name in ("stdout", "stderr"):
            where = given.get(name)
            if where is None:
                given.pop(name, None)
                continue
            if isinstance(where, int) and where == _AUTO:
                number = number or path.kernel.next_call()
                where = given[name] = self._auto_name(number, name, given.get("label"))
                known.setdefault("_unhashed", set()).add(name)
            elif isinstance(where, os.PathLike) and not hasattr(where, "filepath"):
                where = given[name] = os.fspath(where)
            known["_" + name] = where[0] if isinstance(where, tuple) else where
        packed = path.send(future, args, given, walltime, self._body)
        path.announce_files(future, given.get("outputs"))
        return packed

    def _auto_name(self, number: int, stream: str, label: str | None) -> Any:
        kernel = self._path.kernel
        name = self._path.spec.body.__name__
        if kernel.config.std_autopath is not None:
            record = {"id": number, "func_name": name, "kwargs": {"label": label}}
            return kernel.config.std_autopath(record, stream)
        folder = os.path.join(kernel.run_dir, "task_logs", f"{number // 10000:04d}")
        suffix = f"_{label}" if label else ""
        return os.path.join(folder, f"task_{number:04d}_{name}{suffix}.{stream}")
