"""Parsl's executor facade over a loaded engine."""

from __future__ import annotations

import concurrent.futures as cf
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from fonio._decorators import python_app
from fonio._map import open_map

if TYPE_CHECKING:
    from fonio._dfk import DataFlowKernel
    from fonio.config import Config


class ParslPoolExecutor(cf.Executor):
    """A `concurrent.futures.Executor` on an engine: a new one of `config`, or the given `dfk`."""

    def __init__(
        self,
        config: Config | None = None,
        dfk: DataFlowKernel | None = None,
        executors: str | list[str] = "all",
    ) -> None:
        if (config is None) == (dfk is None):
            raise ValueError("ParslPoolExecutor: give either config= or dfk=, and not both")
        self._owned = dfk is None
        if dfk is None:
            from fonio._dfk import DataFlowKernel

            dfk = DataFlowKernel(config)
        self._kernel = dfk
        self._executors = executors
        self._apps: dict[Any, Callable[..., Any]] = {}
        self._shut = False

    @property
    def app_count(self) -> int:
        """How many functions were submitted."""
        return len(self._apps)

    def get_app(self, fn: Callable[..., Any]) -> Callable[..., Any]:
        """The app of a function."""
        if hasattr(fn, "_fonio_app"):
            return fn
        app = self._apps.get(fn)
        if app is None:
            app = self._apps[fn] = python_app(
                fn, data_flow_kernel=self._kernel, executors=self._executors
            )
        return app

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Submits a call and returns its future."""
        if self._shut:
            raise RuntimeError("cannot schedule new futures after shutdown")
        return self.get_app(fn)(*args, **kwargs)

    def map(
        self,
        fn: Callable[..., Any],
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int | None = None,
        buffersize: int | None = None,
    ) -> Iterator[Any]:
        """The results over the elements, in order."""
        if self._shut:
            raise RuntimeError("cannot schedule new futures after shutdown")
        body = getattr(fn, "__wrapped__", fn) if hasattr(fn, "_fonio_app") else fn
        kernel = self._kernel
        return open_map(
            kernel.session,
            body,
            iterables,
            kernel.workers or 1,
            chunk=chunksize,
            window=buffersize,
            timeout=timeout,
        )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the engine if it is this executor's own."""
        if self._shut:
            return
        self._shut = True
        if wait and not cancel_futures:
            self._kernel.wait_for_current_tasks()
        if self._owned:
            self._kernel.cleanup()
