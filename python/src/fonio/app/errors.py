"""The errors of apps under Parsl's module name."""

from fonio.errors import (
    AppBadFormatting,
    AppException,
    AppTimeout,
    BadStdStreamFile,
    BashAppNoReturn,
    BashExitFailure,
    MissingOutputs,
    RemoteError,
)

RemoteExceptionWrapper = RemoteError

__all__ = [
    "AppBadFormatting",
    "AppException",
    "AppTimeout",
    "BadStdStreamFile",
    "BashAppNoReturn",
    "BashExitFailure",
    "MissingOutputs",
    "RemoteError",
    "RemoteExceptionWrapper",
]
