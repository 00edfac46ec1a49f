"""Ray as an executor: each submission is a task of Ray."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from importlib import import_module
from typing import Any


class RayTasks(Executor):
    """An executor over Ray; `init` goes to `ray.init`, `options` to each task of Ray."""

    recalls = False
    """Ray does not tell whether a task has begun."""

    def __init__(self, init: Mapping[str, Any], options: Mapping[str, Any]) -> None:
        self._ray = ray = import_module("ray")
        if not ray.is_initialized():
            ray.init(**{"log_to_driver": False, "include_dashboard": False, **init})
        _call.__module__ = "__main__"  # so it travels by value: a worker may not find this module
        remote = ray.remote(_call)
        # Fonio itself runs a task again whose worker is lost.
        self._remote = remote.options(**{"max_retries": 0, **options})
        self.max_workers = _room(ray.cluster_resources(), options)

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of the call."""
        reference = self._remote.remote(call, args, kwargs)
        inner: Future[Any] = reference.future()
        outer = _Reference(self._ray, reference)
        inner.add_done_callback(outer.take)
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leaves Ray; one that was started here ends."""
        self._ray.shutdown()


class _Reference(Future[Any]):
    def __init__(self, ray: Any, reference: Any) -> None:
        super().__init__()
        self._ray = ray
        self._reference = reference

    def take(self, inner: Future[Any]) -> None:
        """Takes over how it ended."""
        if self.done() or not self.set_running_or_notify_cancel():
            return
        problem = inner.exception()
        if problem is None:
            self.set_result(inner.result())
        else:
            self.set_exception(problem)

    def cancel(self) -> bool:
        """Has Ray drop the task, or interrupt it."""
        self._ray.cancel(self._reference)
        return super().cancel()


def _call(call: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    return call(*args, **kwargs)


def _room(resources: Mapping[str, float], options: Mapping[str, Any]) -> int:
    """How many tasks with these needs run at a time."""
    needs = {"CPU": options.get("num_cpus", 1), "GPU": options.get("num_gpus", 0)}
    needs.update(options.get("resources", {}))
    room = [int(resources.get(name, 0) // need) for name, need in needs.items() if need]
    return max(1, min(room, default=1))
