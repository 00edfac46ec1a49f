"""Calls with files that must be staged: their providers are asked, then the call is submitted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fonio._app import make_app
from fonio._app_future import AppFuture
from fonio._client_tasks import as_promise, follow, when_known
from fonio._detours import Detour
from fonio._remote_files import LOCAL
from fonio.data import DataFuture, File
from fonio.dependency_resolvers import SHALLOW_DEPENDENCY_RESOLVER
from fonio.errors import ConfigurationError
from fonio.staging import default_staging


class DataManager:
    """What a staging provider is given as `dm`."""

    def __init__(self, path: Any) -> None:
        self.dfk = path.kernel
        self._path = path

    def submit_function(
        self, function: Callable[..., Any], args: tuple[Any, ...], label: str
    ) -> AppFuture:
        """Runs a function as a task of its own."""
        session = self.dfk.session
        lane = label if len(self.dfk.executors) > 1 else None
        future: AppFuture = make_app(session.make_class(function, lane=lane), AppFuture)(*args)
        return future


def stage_call(detour: Detour, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Takes over a call in which a remote File stands; False when there is none."""
    outputs = kwargs.get("outputs") or []
    given = [*args, *[v for k, v in kwargs.items() if k != "outputs"]]
    flat = [item for v in given for item in (v if type(v) in (list, tuple) else (v,))]
    if not any([_is_remote(item) for item in (*flat, *outputs)]):
        return False
    path, executor, future, _, body = detour
    manager = DataManager(path)
    function = body or path.spec.body

    def staged(item: Any) -> Any:
        nonlocal function
        if not _is_remote(item) or isinstance(item, DataFuture):
            return item
        provider = _provider(executor, item, "can_stage_in")
        file = item.cleancopy()
        arrival = provider.stage_in(manager, executor, file, None)
        function = provider.replace_task(manager, executor, file, function) or function
        return file if arrival is None else DataFuture(arrival, file)

    def value(v: Any) -> Any:
        return [staged(item) for item in v] if type(v) in (list, tuple) else staged(v)

    new_args = tuple([value(v) for v in args])
    new_kwargs = {k: v if k == "outputs" else value(v) for k, v in kwargs.items()}
    leaving = [(_provider(executor, file, "can_stage_out"), file) for file in outputs]
    for provider, file in leaving:
        function = provider.replace_task_stage_out(manager, executor, file, function) or function
    as_promise(path.session, future, path.spec.name)

    def go(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        inner = detour.submit(args, kwargs, function)
        for provider, file in leaving:
            provider.stage_out(manager, executor, file, inner)
        follow(path.session, future, inner)

    when_known(path.session, future, SHALLOW_DEPENDENCY_RESOLVER, new_args, new_kwargs, go)
    return True


def _is_remote(item: Any) -> bool:
    return isinstance(item, File) and item.scheme != LOCAL and item.local_path is None


def _provider(executor: Any, file: File, ability: str) -> Any:
    known = executor.storage_access
    for provider in default_staging if known is None else known:
        if getattr(provider, ability)(file):
            return provider
    way = "brings" if ability == "can_stage_in" else "takes away"
    raise ConfigurationError(
        f"no staging of executor {executor.label!r} {way} {file.url}: name one for "
        f"{file.scheme!r} in storage_access=[...]"
    )
