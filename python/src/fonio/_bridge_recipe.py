"""How a bridge gets its executor and lets it go, as the user has asked for it."""

from __future__ import annotations

import base64
import os
import threading
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from fonio._codec import Parts, by_value, decode
from fonio.errors import ConfigurationError, SerializationError

_PATIENCE_S = 1.5


class Recipe(NamedTuple):
    """A factory with its arguments, and what is called with its product at the end."""

    factory: Any
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = {}
    close: Any = None

    def text(self) -> str:
        """The recipe in one line."""
        try:
            payload = by_value(tuple(self))
            data = payload.join() if isinstance(payload, Parts) else payload
        except SerializationError as problem:
            raise SerializationError(
                f"the factory of a bridge cannot travel: {problem}: "
                "give the import path of a function, for example 'package.module:function'"
            ) from problem
        return base64.b64encode(data).decode()

    @classmethod
    def of(cls, text: str) -> Recipe:
        """The recipe that `text` wrote."""
        return cls(*decode(base64.b64decode(text)))


class Kitchen:
    """The executor of a recipe, and the product of the factory that it came from."""

    def __init__(self, recipe: Recipe) -> None:
        self._close = recipe.close
        self.product = found(recipe.factory)(*recipe.args, **recipe.kwargs)
        self.executor = executor_of(self.product)

    @property
    def recalls(self) -> bool:
        """Whether cancelling a future tells if it runs: those of Dask are pending until they end.

        An executor may say so itself, by its attribute `recalls`.
        """
        of_dask = type(self.executor).__module__.startswith("distributed.")
        return bool(getattr(self.executor, "recalls", not of_dask))

    def workers(self) -> int:
        """How many tasks the executor can run at a time; the cores here if it does not tell."""
        for tell in (_threads_of_dask, _known_number):
            number = tell(self)
            if number:
                return number
        return len(os.sched_getaffinity(0))

    def close(self) -> None:
        """Lets the executor go; what has not begun is dropped."""
        if self._close is not None:
            found(self._close)(self.product)
        elif hasattr(self.product, "shutdown") and self.product is self.executor:
            _shutdown(self.executor)
        elif hasattr(self.product, "close"):
            self.product.close()


def found(named: Any) -> Callable[..., Any]:
    """What an import path `module:name` names, or the callable that is given instead."""
    if not isinstance(named, str):
        return named  # type: ignore[no-any-return]
    module, _, name = named.partition(":")
    value: Any = import_module(module)
    for part in name.split("."):
        value = getattr(value, part)
    return value  # type: ignore[no-any-return]


def executor_of(product: Any) -> Any:
    """The executor that a factory's product is, or gives."""
    if hasattr(product, "get_executor"):
        return product.get_executor()
    if callable(getattr(product, "submit", None)):
        return product
    raise ConfigurationError(
        f"the factory of the bridge returned {product!r} (a {type(product).__name__}): it must "
        "return a concurrent.futures.Executor, or what has get_executor() as Dask's Client"
    )


def _shutdown(executor: Any) -> None:
    """Waits a moment for what runs; executors that wait for more would hold up the end."""

    def shut() -> None:
        try:
            executor.shutdown(wait=True, cancel_futures=True)
        except TypeError:
            executor.shutdown(wait=True)

    thread = threading.Thread(target=shut, name="fonio-shutdown", daemon=True)
    thread.start()
    thread.join(_PATIENCE_S)


def _threads_of_dask(kitchen: Kitchen) -> int:
    tell = getattr(kitchen.product, "nthreads", None)
    return sum(tell().values()) if callable(tell) else 0


def _known_number(kitchen: Kitchen) -> int:
    for name in ("num_workers", "_max_workers", "max_workers"):
        number = getattr(kitchen.executor, name, None)
        if isinstance(number, int) and number > 0:
            return number
    return 0
