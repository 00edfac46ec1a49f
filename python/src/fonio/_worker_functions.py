"""The functions that a worker can call: loaded at their first task, by class."""

from __future__ import annotations

from collections.abc import Callable
from pickle import loads
from typing import Any

from fonio.errors import DeserializationError

_INITIALIZER = 0


class Function:
    """One function: its name, its pickle, and the callable once it is loaded."""

    __slots__ = ("code", "name", "value")

    def __init__(self, name: str, code: bytes) -> None:
        self.name = name
        self.code = code
        self.value: Callable[..., Any] | None = None

    def load(self) -> Callable[..., Any]:
        """The callable; a failure names what is missing, and is tried again at the next task."""
        if self.value is None:
            try:
                self.value = loads(self.code)
            except BaseException as problem:
                raise DeserializationError(
                    f"{self.name} cannot be loaded in the worker:"
                    f" {type(problem).__name__}: {problem}"
                ) from problem
        return self.value


class Class:
    """A function with the options that matter to a worker."""

    __slots__ = ("columns", "function", "name", "retries")

    def __init__(self, function: Function, options: dict[str, str]) -> None:
        self.function = function
        self.name = options.get("name", function.name)
        self.columns = options.get("map") == "1"
        self.retries = int(options.get("retries", "0"))


class Functions:
    """All that this worker was told."""

    def __init__(self) -> None:
        self._functions: dict[int, Function] = {}
        self._classes: dict[int, Class] = {}
        self._broken: BaseException | None = None

    def add(self, number: int, body: bytes) -> None:
        """Keeps a function; the initializer is called at once."""
        length = int.from_bytes(body[1:3], "little")
        function = Function(body[3 : 3 + length].decode(), body[3 + length :])
        if number == _INITIALIZER:
            self._initialize(function)
        else:
            self._functions[number] = function

    def define(self, number: int, function: int, options: dict[str, str]) -> None:
        """Keeps a class."""
        self._classes[number] = Class(self._functions[function], options)

    def __getitem__(self, number: int) -> Class:
        return self._classes[number]

    def call_of(self, entry: Class) -> Callable[..., Any]:
        """What a task of this class calls."""
        if self._broken is not None:
            raise self._broken
        return entry.function.load()

    def _initialize(self, function: Function) -> None:
        try:
            function.load()()
        except BaseException as problem:
            from fonio.errors import InitializerFailed

            self._broken = InitializerFailed(
                f"the worker's initializer raised {type(problem).__name__}: {problem}"
            )
            self._broken.__cause__ = problem
