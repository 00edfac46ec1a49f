"""`GlobusStaging` under Parsl's module name."""

from fonio.staging import GlobusStaging

__all__ = ["GlobusStaging"]
