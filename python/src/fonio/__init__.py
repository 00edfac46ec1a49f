"""Fonio runs very many very small tasks: Parsl's interface on a compiled engine."""

__version__ = "0.1.0"
