"""The errors of the high-throughput executor under Parsl's module name."""

from fonio._broken import ManagerLost, WorkerLost
from fonio.errors import VersionMismatch

__all__ = ["ManagerLost", "VersionMismatch", "WorkerLost"]
