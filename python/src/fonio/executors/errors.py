"""The errors of executors under Parsl's module name."""

from fonio.errors import (
    BadMessage,
    BadStateException,
    ExecutorError,
    InvalidResourceSpecification,
    UnsupportedFeatureError,
)

__all__ = [
    "BadMessage",
    "BadStateException",
    "ExecutorError",
    "InvalidResourceSpecification",
    "UnsupportedFeatureError",
]
