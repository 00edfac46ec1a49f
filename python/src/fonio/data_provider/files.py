"""`File` under Parsl's module name."""

from fonio.data import File

__all__ = ["File"]
