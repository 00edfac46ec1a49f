"""Every error of Fonio, with Parsl's names where Parsl has one.

All can be pickled, and importing this module is cheap: what derives from the standard
`BrokenExecutor` stands in `fonio._broken` and is loaded at first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fonio._broken import (
        EngineLostError as EngineLostError,
    )
    from fonio._broken import (
        ExecutorBroken as ExecutorBroken,
    )
    from fonio._broken import (
        InitializerFailed as InitializerFailed,
    )
    from fonio._broken import (
        ManagerLost as ManagerLost,
    )
    from fonio._broken import (
        TaskPoisoned as TaskPoisoned,
    )
    from fonio._broken import (
        WorkerLost as WorkerLost,
    )

_BROKEN = (
    "EngineLostError",
    "ExecutorBroken",
    "InitializerFailed",
    "ManagerLost",
    "TaskPoisoned",
    "WorkerLost",
)


def __getattr__(name: str) -> Any:
    if name in _BROKEN:
        from fonio import _broken

        return getattr(_broken, name)
    raise AttributeError(f"module 'fonio.errors' has no attribute {name!r}")


class FonioError(Exception):
    """The base of all errors of Fonio."""


ParslError = FonioError


class ConfigurationError(FonioError):
    """A configuration that cannot work, for Python or the engine; the message names the value."""


class OptionalModuleMissing(FonioError):
    """A Python module that an option needs and that is not installed."""


class InternalConsistencyError(FonioError):
    """A state that Fonio believed impossible."""


class NoDataFlowKernelError(FonioError):
    """An app was called and nothing is loaded."""


class UnsupportedFeatureError(FonioError):
    """A feature of Parsl that Fonio does not have (yet)."""


class EnvironmentNeeded(FonioError):
    """Something that this machine lacks: a Java, a jar, room in a folder."""


class JournalError(FonioError):
    """The journal of a durable run could not be written for too long; the task was not accepted."""


class RunInUseError(FonioError):
    """A durable run that has a client already; it has one at a time."""


class RunNotFoundError(FonioError):
    """A run that is not there, or has no journal to go on with."""


class ClientGone(FonioError):
    """A task that the first client was to end itself (a join app, a thread pool), which is gone."""


class PayloadLost(FonioError):
    """A large argument or result of a durable run whose file is gone."""


class NestedUseError(FonioError):
    """A task called Fonio inside a worker; a join_app does that in the client."""


class ForkedClientError(FonioError):
    """A forked child used its parent's engine."""


class ProtocolError(FonioError):
    """The other process broke the protocol, or speaks another version of it."""


class BadMessage(ProtocolError):
    """A frame that could not be understood."""


class SerializationError(FonioError):
    """A function, argument or result that cannot be pickled."""


class DeserializationError(FonioError):
    """Bytes that do not become an object again; most often a module is missing here."""


class AppException(FonioError):
    """The base of what goes wrong in an app."""


class AppBadFormatting(AppException):
    """A bash app whose command line could not be formatted."""


class BashExitFailure(AppException):
    """A bash app whose command ended with another exit code than 0."""

    def __init__(self, app_name: str, exitcode: int) -> None:
        super().__init__(app_name, exitcode)
        self.app_name = app_name
        self.exitcode = exitcode

    def __str__(self) -> str:
        return f"bash app {self.app_name} failed with unix exit code {self.exitcode}"


class BashAppNoReturn(AppException):
    """A bash app whose body returned no command line."""


class AppTimeout(AppException):
    """A task that ran longer than its walltime."""


class MissingOutputs(AppException):
    """A bash app that did not make the files of its `outputs`."""

    def __init__(self, reason: str, outputs: list[Any]) -> None:
        super().__init__(reason, outputs)
        self.reason = reason
        self.outputs = outputs

    def __str__(self) -> str:
        return f"missing outputs: {self.outputs}, reason: {self.reason}"


class BadStdStreamFile(AppException):
    """A stdout or stderr of a bash app that could not be opened."""


class RemoteError(AppException):
    """A task's exception that could not be pickled; it holds the type's name and the text."""

    def __init__(self, type_name: str, text: str) -> None:
        super().__init__(type_name, text)
        self.type_name = type_name
        self.text = text

    def __str__(self) -> str:
        return f"{self.type_name}: {self.text}"


class RemoteTraceback(Exception):
    """The traceback in the worker, as the `__cause__` of the exception that came from it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f'\n"""\n{self.text}"""'


class DataFlowException(FonioError):
    """The base of what goes wrong between tasks."""


class BadCheckpoint(DataFlowException):
    """A checkpoint that cannot be read."""


class PropagatedException(DataFlowException):
    """A failure that comes from other tasks."""


class DependencyError(PropagatedException):
    """A task that did not run as one of its parents failed; `chain` names the way."""

    def __init__(self, chain: str, task_id: int = 0) -> None:
        super().__init__(chain, task_id)
        self.chain = chain
        self.task_id = task_id

    def __str__(self) -> str:
        return f"a dependency failed: {self.chain}"


class JoinError(PropagatedException):
    """A join app some of whose inner tasks failed: pairs of exception and task, and its own id."""

    def __init__(self, dependent_exceptions_tids: Any, task_id: int = 0) -> None:
        super().__init__(dependent_exceptions_tids, task_id)
        self.dependent_exceptions_tids = dependent_exceptions_tids
        self.task_id = task_id

    def __str__(self) -> str:
        pairs = self.dependent_exceptions_tids
        if isinstance(pairs, str):
            return pairs
        listed = "; ".join([f"{tid}: {type(e).__name__}: {e}" for e, tid in pairs[:3]])
        return f"{len(pairs)} inner tasks of join app task {self.task_id} failed: {listed}"


class ExecutorError(FonioError):
    """The base of what goes wrong in an executor."""


class BadStateException(ExecutorError):
    """An executor that can run nothing more."""


class InvalidResourceSpecification(ExecutorError):
    """A resource specification that the executor does not know."""


class MPINodesUnavailable(InvalidResourceSpecification):
    """A task that needs more nodes than a block of its executor has."""


class TaskTooLarge(ExecutorError):
    """An argument or a result for which there is no room."""


class VersionMismatch(ExecutorError):
    """Two processes of different versions."""
