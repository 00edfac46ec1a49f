"""What all executors have in common whose tasks run outside of this process."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from fonio._settings import LaneSettings


class EngineExecutor(ABC):
    """The base of executors that the engine feeds: it is told their settings."""

    word: ClassVar[str] = "direct"
    """Its kind, as the engine is told of it."""
    blocks: ClassVar[bool] = False
    """Whether its workers run in blocks that a provider gives."""
    label: str
    workers: int = 0
    storage_access: Sequence[Any] | None
    working_dir: str | os.PathLike[str] | None

    @abstractmethod
    def settings(self) -> LaneSettings:
        """What the engine is told."""
