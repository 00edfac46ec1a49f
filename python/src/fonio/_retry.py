"""A user's retry handler, asked by the engine for each failure of a task."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=256)
def handler(cost_of: Callable[..., float], budget: float) -> Callable[[BaseException, Any], bool]:
    """Decides whether to run again: as long as the costs of the failures are within the budget.

    A handler that raises ends the retrying, with its exception in the record's history.
    """

    def again(error: BaseException, future: Any) -> bool:
        known = future.__dict__
        known.setdefault("_failures", []).append(f"{type(error).__name__}: {error}")
        try:
            cost = float(cost_of(error, future.task_record))
        except Exception as problem:
            known["_failures"].append(f"{type(problem).__name__}: {problem}")
            return False
        known["_cost"] = known.get("_cost", 0) + cost
        return bool(known["_cost"] <= budget)

    return again
