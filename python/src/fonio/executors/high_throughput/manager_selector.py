"""Manager selectors: which of the nodes with room gets the next task."""

from __future__ import annotations

from fonio._parameters import Parameters


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


class DataManagerSelector(ManagerSelector):
    """The node that keeps most of the task's input, else the one that has most room.

    Nodes keep large results of their tasks (more than 65,536 bytes), as far as there is room.
    """

    word = "data"
