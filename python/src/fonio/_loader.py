"""Parsl's loader class: the functions of `fonio` as class methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fonio import _current

if TYPE_CHECKING:
    from fonio._dfk import DataFlowKernel
    from fonio.config import Config


class DataFlowKernelLoader:
    """Loads, gives and clears the engine of this process."""

    @classmethod
    def load(cls, config: Config | None = None) -> DataFlowKernel:
        """See `fonio.load`."""
        return _current.load(config)

    @classmethod
    def clear(cls) -> None:
        """See `fonio.clear`."""
        _current.clear()

    @classmethod
    def dfk(cls) -> DataFlowKernel:
        """See `fonio.dfk`."""
        return _current.dfk()

    @classmethod
    def wait_for_current_tasks(cls) -> None:
        """See `fonio.wait_for_current_tasks`."""
        _current.wait_for_current_tasks()
