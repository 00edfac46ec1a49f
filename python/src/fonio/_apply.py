"""The function of tasks whose callable is an argument."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def apply(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """Calls the function."""
    return function(*args, **kwargs)
