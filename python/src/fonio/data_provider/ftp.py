"""The staging of ftp files under Parsl's module name."""

from fonio.staging import FTPInTaskStaging, FTPSeparateTaskStaging

__all__ = ["FTPInTaskStaging", "FTPSeparateTaskStaging"]
