"""What did not end well, as payloads and as exceptions (`docs/protocol.md` 3.1)."""

from __future__ import annotations

import sys
from _pickle import dumps
from typing import Any

from fonio import errors
from fonio._codec import Parts, decode, pickled
from fonio._wire import CANCELLED, DEPENDENCY, ERROR, FAILED, parse_lines

HEADLINE_BYTES = 500


def encode_error(error: BaseException, text: str | None = None) -> bytes:
    """The payload of an exception: its headline, which the engine reads, and the exception."""
    line = headline(error).encode()
    return len(line).to_bytes(2, "little") + line + pickled_error(error, text)


def headline(error: BaseException) -> str:
    """The exception in one line: `Type: message`."""
    name = type(error).__qualname__
    message = _text_of(error).strip().splitlines()
    line = f"{name}: {message[0]}" if message else name
    return line.encode("utf-8", "replace")[:HEADLINE_BYTES].decode("utf-8", "ignore")


def pickled_error(error: BaseException, text: str | None = None) -> bytes:
    """The exception and its traceback; one that cannot be pickled becomes a RemoteError."""
    if text is None:
        text = traceback_text(error)
    try:
        payload = pickled((error, text))
        data = payload.join() if type(payload) is Parts else payload
        decode(data)
        return data  # type: ignore[return-value]
    except Exception:
        return dumps((errors.RemoteError(type(error).__qualname__, _text_of(error)), text), 5)


def traceback_text(error: BaseException) -> str:
    """The traceback as text."""
    from traceback import format_exception

    return "".join(format_exception(type(error), error, error.__traceback__))


def exception_of(status: int, payload: Any) -> BaseException:
    """The exception of a result that did not end well."""
    if status == ERROR:
        return _remote(payload)
    if status == DEPENDENCY:
        return _dependency(payload)
    if status == FAILED:
        return _fault(payload)
    if status == CANCELLED:
        from concurrent.futures import CancelledError

        return CancelledError()
    return errors.InternalConsistencyError(f"a result of status {status} is no failure")


def raised(error: Any, text: str) -> BaseException:
    """The exception that a task raised, with its remote traceback as the cause."""
    if isinstance(error, BaseException):
        error.__cause__ = errors.RemoteTraceback(text)
        return error
    return errors.RemoteError(type(error).__qualname__, str(text))


def _remote(payload: Any) -> BaseException:
    start = 2 + int.from_bytes(payload[:2], "little")
    try:
        error, text = decode(payload[start:])
    except Exception as problem:
        failure = errors.DeserializationError(
            f"the task's exception cannot be unpickled here: {type(problem).__name__}: {problem}"
        )
        failure.__cause__ = problem
        return failure
    return raised(error, text)


def _dependency(payload: Any) -> BaseException:
    data = bytes(payload)
    size = int.from_bytes(data[:4], "little")
    chain = data[4 : 4 + size].decode("utf-8", "replace")
    error = errors.DependencyError(chain)
    if len(data) > 4 + size:
        error.__cause__ = exception_of(data[4 + size], data[5 + size :])
    return error


def _fault(payload: Any) -> BaseException:
    """First line the name, then the message, then the fields that every fault may have."""
    head, *rest = bytes(payload).decode("utf-8", "replace").split("\n")
    message: list[str] = []
    fields: list[str] = []
    for line in rest:
        (fields if line.partition("=")[0] in _FIELDS else message).append(line)
    text = "\n".join(message).strip() or head
    entries = parse_lines("\n".join(fields).encode())
    if head in ("WorkerLost", "ManagerLost", "TaskPoisoned"):
        lost: BaseException = getattr(errors, head)(text, entries)
        return lost
    if entries.get("stderr"):
        text = f"{text}\nlast lines of its stderr:\n{entries['stderr']}"
    kind = getattr(errors, _NAMES[head]) if head in _NAMES else None
    if kind is None:
        return errors.ExecutorError(f"{head}: {text}")
    failure: BaseException = kind(text)
    return failure


_FIELDS = frozenset(("signal", "exit_code", "worker", "pid", "task", "stderr", "manager", "host"))
_NAMES = {
    "AppTimeout": "AppTimeout",
    "TaskTooLarge": "TaskTooLarge",
    "EngineLostError": "EngineLostError",
    "ConfigurationError": "ConfigurationError",
    "InitializerFailed": "InitializerFailed",
    "SerializationError": "SerializationError",
    "BrokenExecutor": "ExecutorBroken",
    "BadState": "BadStateException",
    "ClientGone": "ClientGone",
    "JournalError": "JournalError",
    "PayloadLost": "PayloadLost",
    "ResultTooLarge": "TaskTooLarge",
    "InvalidResources": "InvalidResourceSpecification",
    "MPINodesUnavailable": "MPINodesUnavailable",
}
"""The names that a fault may have, and the exceptions that they become."""


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return f"(its str() raised {sys.exc_info()[1]!r})"
