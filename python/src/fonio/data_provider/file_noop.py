"""`NoOpFileStaging` under Parsl's module name."""

from fonio.staging import NoOpFileStaging

__all__ = ["NoOpFileStaging"]
