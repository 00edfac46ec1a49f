"""`RSyncStaging` under Parsl's module name."""

from fonio.staging import RSyncStaging

__all__ = ["RSyncStaging"]
