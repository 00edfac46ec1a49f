"""Names of Parsl that Fonio does not offer: they can be imported, and refuse to be made."""

from __future__ import annotations

from typing import Any

from fonio.errors import UnsupportedFeatureError


class Unsupported:
    """The base of the names; `instead` says what to use."""

    instead = "leave it out"

    def __init__(self, *_: Any, **__: Any) -> None:
        raise UnsupportedFeatureError(
            f"{type(self).__name__} is not offered by Fonio: {self.instead}"
        )
