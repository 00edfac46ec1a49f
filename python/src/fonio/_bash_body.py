"""What a worker does for a bash app: asks the body for the command line and has bash run it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from typing import IO, Any

from fonio.errors import (
    AppBadFormatting,
    BadStdStreamFile,
    BashAppNoReturn,
    BashExitFailure,
    MissingOutputs,
)


class BashBody:
    """The function of a bash app's tasks; its value is the exit code 0.

    The shell stays in the worker's process group, which ends as a whole at the walltime.
    """

    def __init__(self, body: Callable[..., Any], name: str) -> None:
        self.body = body
        self.name = name
        self.__name__ = self.__qualname__ = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BashBody) and other.body == self.body

    def __hash__(self) -> int:
        return hash(self.body) ^ 2

    def __call__(self, *args: Any, **kwargs: Any) -> int:
        command = self._command(args, kwargs)
        with ExitStack() as stack:
            out = self._open(stack, kwargs.get("stdout"), "stdout")
            err = self._open(stack, kwargs.get("stderr"), "stderr")
            if err is not None:
                err.write(f"--> executable follows <--\n{command}\n--> end executable <--\n")
                err.flush()
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                shell=True,
                executable="/bin/bash",
                close_fds=True,
            )
        if done.returncode:
            raise BashExitFailure(self.name, done.returncode)
        missing = [file for file in kwargs.get("outputs") or () if not os.path.exists(_path(file))]
        if missing:
            raise MissingOutputs(f"bash app {self.name} did not make them", missing)
        return 0

    def _command(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        given = {k: v for k, v in kwargs.items() if k not in _STREAMS or self._names(k)}
        try:
            command = self.body(*args, **given)
        except AttributeError as problem:
            raise AppBadFormatting(
                f"bash app {self.name} could not format its command line: {problem}"
            ) from problem
        except (IndexError, KeyError) as problem:
            raise AppBadFormatting(
                f"bash app {self.name} could not format its command line: "
                f"{type(problem).__name__}: {problem}"
            ) from problem
        if command is None:
            raise BashAppNoReturn(f"bash app {self.name} returned no command line")
        if not isinstance(command, str):
            raise ValueError(
                f"bash app {self.name} must return its command line as a str, "
                f"not {command!r} (a {type(command).__name__})"
            )
        return command

    def _names(self, keyword: str) -> bool:
        code = getattr(self.body, "__code__", None)
        if code is None or code.co_flags & 0x08:
            return True
        return keyword in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]

    def _open(self, stack: ExitStack, where: Any, name: str) -> IO[str] | None:
        if where is None:
            return None
        mode = "w" if hasattr(where, "filepath") else "a+"
        target = where
        if isinstance(where, tuple):
            if len(where) != 2:
                raise BadStdStreamFile(
                    f"bash app {self.name}: {name} is {where!r}: a tuple must be (path, mode)"
                )
            target, mode = where
        try:
            path = _path(target)
            folder = os.path.dirname(path)
            if folder:
                os.makedirs(folder, exist_ok=True)
            return stack.enter_context(open(path, mode))
        except (OSError, TypeError, ValueError) as problem:
            raise BadStdStreamFile(
                f"bash app {self.name}: {name} {where!r} cannot be opened: {problem}"
            ) from problem


_STREAMS = ("stdout", "stderr", "outputs", "label")


def _path(file: Any) -> str:
    return str(getattr(file, "filepath", None) or os.fspath(file))
