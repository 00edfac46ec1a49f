"""Calls of python apps that do not go to the engine at once: threads, deep arguments, staging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fonio import _remote_files
from fonio.executors.threads import ThreadPoolExecutor

if TYPE_CHECKING:
    from fonio._future import Future


class Detour(NamedTuple):
    """What is known of a call whose task is submitted later."""

    path: Any
    executor: Any
    future: Future
    walltime: float | None
    body: Any

    def submit(self, args: tuple[Any, ...], kwargs: dict[str, Any], body: Any = None) -> Future:
        """The task of the call, with a future of its own."""
        label, resources = self.executor.label, self.future.__dict__.get("_resources")
        inner: Future = self.path.submit(
            args, kwargs, label, self.walltime, body or self.body, resources
        )
        return inner


def taken(
    path: Any,
    executor: Any,
    future: Future,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    walltime: float | None,
    body: Any,
) -> bool:
    """Whether the call was taken over."""
    if isinstance(executor, ThreadPoolExecutor):
        from fonio._client_tasks import run_on_threads

        run_on_threads(path, executor.label, future, args, kwargs)
        return True
    resolver = path.kernel.config.dependency_resolver
    if not path.own_memo and resolver is None and not _remote_files.made:
        return False
    detour = Detour(path, executor, future, walltime, body)
    if path.own_memo:
        from fonio._own_memo import submit_unless_known

        submit_unless_known(detour, args, kwargs)
        return True
    if resolver is not None:
        from fonio._client_tasks import submit_when_known

        if submit_when_known(detour, args, kwargs):
            return True
    if _remote_files.made:
        from fonio._stage import stage_call

        return stage_call(detour, args, kwargs)
    return False
