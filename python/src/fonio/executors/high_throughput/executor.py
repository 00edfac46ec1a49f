"""The high-throughput executor under Parsl's module name."""

from fonio.executors.htex import HighThroughputExecutor

__all__ = ["HighThroughputExecutor"]
