"""What a bridge submits: a callable that finds Fonio in whatever process it arrives."""

from __future__ import annotations

import os
from typing import Any

_PLACE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Errand:
    """A call of `run_bridged`.

    It is pickled as an expression of builtins, which every pickler can carry, and which puts the
    folder of this package on the search path of a worker that does not have it.
    """

    __name__ = __qualname__ = "run_bridged"

    def __call__(self, data: bytes) -> bytes:
        from fonio._bridge_far import run_bridged

        return run_bridged(data)

    def __reduce__(self) -> Any:
        return eval, (_SOURCE,)


_SOURCE = (
    f"({_PLACE!r} in __import__('sys').path or __import__('sys').path.append({_PLACE!r}), "
    "__import__('importlib').import_module('fonio._bridge_far').run_bridged)[1]"
)
