"""The future of a file under Parsl's module name."""

from fonio.data import DataFuture

__all__ = ["DataFuture"]
