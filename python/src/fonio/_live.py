"""The engines of this process that run, and the accounts of those that have ended."""

from __future__ import annotations

from typing import Any

running: list[Any] = []
accounts: list[Any] = []


def add(engine: Any) -> None:
    """An engine has started."""
    running.append(engine)


def ended(engine: Any) -> None:
    """An engine has ended; its account stays."""
    if engine in running:
        running.remove(engine)
        accounts.append(engine.account())
