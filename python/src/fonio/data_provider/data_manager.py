"""`default_staging` under Parsl's module name."""

from fonio.staging import default_staging

__all__ = ["default_staging"]
