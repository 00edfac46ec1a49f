"""The errors between tasks under Parsl's module name."""

from fonio.errors import (
    BadCheckpoint,
    DataFlowException,
    DependencyError,
    JoinError,
    PropagatedException,
)

__all__ = [
    "BadCheckpoint",
    "DataFlowException",
    "DependencyError",
    "JoinError",
    "PropagatedException",
]
