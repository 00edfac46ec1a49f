"""`ZipFileStaging` under Parsl's module name."""

from fonio.staging import ZipFileStaging

__all__ = ["ZipFileStaging"]
