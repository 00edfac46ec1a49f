"""What a decorator was given: the app's body and its options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from fonio._dfk import DataFlowKernel

PYTHON = "python"
BASH = "bash"
JOIN = "join"


class AppSpec(NamedTuple):
    """One app: its kind, body and options; a call binds it to an engine."""

    kind: str
    body: Callable[..., Any]
    kernel: DataFlowKernel | None = None
    cache: bool = False
    executors: str | tuple[str, ...] = "all"
    ignore_for_cache: tuple[str, ...] = ()
    memo_code: bool = True
    retries: int | None = None
    priority: int = 0
    walltime: float | None = None
    on_worker_lost: str | None = None

    @property
    def name(self) -> str:
        """The body's name."""
        name = getattr(self.body, "__qualname__", None) or type(self.body).__name__
        return str(name).replace("<locals>.", "")


def labels(executors: Any) -> str | tuple[str, ...]:
    """The `executors` of a decorator: 'all', a label, or a list of labels."""
    if executors == "all":
        return "all"
    if isinstance(executors, str):
        return (executors,)
    if isinstance(executors, Sequence) and all([isinstance(e, str) for e in executors]):
        return tuple(executors)
    raise TypeError(f"executors must be 'all' or a list of labels, not {executors!r}")
