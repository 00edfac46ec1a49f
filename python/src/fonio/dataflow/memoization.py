"""Memoization under Parsl's module name."""

from fonio.memoization import BasicMemoizer, Memoizer, id_for_memo, make_hash

__all__ = ["BasicMemoizer", "Memoizer", "id_for_memo", "make_hash"]
