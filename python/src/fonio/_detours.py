"""Calls of python apps that do not go to the engine at once: threads, deep arguments, staging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fonio import _remote_files
from fonio.executors.threads import ThreadPoolExecutor

if TYPE_CHECKING:
    from fonio._future import Future


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
    if path.own_memo:
        from fonio._own_memo import submit_unless_known

        submit_unless_known(path, executor.label, future, args, kwargs, walltime, body)
        return True
    if path.kernel.config.dependency_resolver is not None:
        from fonio._client_tasks import submit_when_known

        if submit_when_known(path, executor.label, future, args, kwargs, walltime, body):
            return True
    if _remote_files.made:
        from fonio._stage import stage_call

        return stage_call(path, executor, future, args, kwargs, walltime, body)
    return False
