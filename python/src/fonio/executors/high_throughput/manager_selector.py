"""Manager selectors: which of the nodes with room gets the next task."""

from __future__ import annotations

from fonio._parameters import Parameters
from fonio._unsupported import Unsupported


class ManagerSelector(Parameters):
    """The base of manager selectors; the choice itself is made outside of Python."""

    def __init__(self) -> None:
        self._take({})


class RandomManagerSelector(ManagerSelector):
    """Any node: the load is even, and no node is emptied."""

    word = "random"


class BlockIdManagerSelector(ManagerSelector):
    """The nodes of the oldest block first: the youngest blocks become empty and can be ended."""

    word = "block"


class LeastLoadedManagerSelector(ManagerSelector):
    """The node that has most room for its size."""

    word = "least_loaded"


class DataManagerSelector(Unsupported, ManagerSelector):
    """The node that has most of the task's input: its use is an UnsupportedFeatureError.

    There is nothing to choose by: each node gets every shared object once, and a parent's result is
    sent along with the task that needs it.
    """

    instead = "all nodes get the same data; use LeastLoadedManagerSelector()"
