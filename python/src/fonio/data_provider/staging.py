"""`Staging` under Parsl's module name."""

from fonio.staging import Staging

__all__ = ["Staging"]
