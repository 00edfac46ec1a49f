"""An app as a function object that is the fast call path itself.

A call must not pay for a wrapper, but an app is made before an engine is loaded and may outlive it.
So the app is a function with the code of `make_app`'s closure and cells of its own. `attach` fills
the cells from a fresh closure; `detach` puts a starter into the cell `future_type`, which is the
first that a call reads: the starter attaches the app to the loaded engine and makes the future, and
the call goes on with the cells that are now filled. `future_type` is filled last.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import CellType, CodeType, FunctionType
from typing import Any

from fonio import _app


def _closure_code() -> CodeType:
    for constant in _app.make_app.__code__.co_consts:
        if isinstance(constant, CodeType) and constant.co_name == "call":
            return constant
    raise RuntimeError("make_app has no inner function `call`")


_CODE = _closure_code()
_FIRST = _CODE.co_freevars.index("future_type")


class AppFunction:
    """A function object and the cells by which it is attached to a fast call path."""

    __slots__ = ("__weakref__", "_cells", "_open", "function")

    def __init__(
        self, body: Callable[..., Any], open_path: Callable[[], Callable[..., Any]]
    ) -> None:
        self._open = open_path
        self._cells = tuple([CellType() for _ in _CODE.co_freevars])
        self.function = FunctionType(
            _CODE, _app.__dict__, getattr(body, "__name__", "app"), None, self._cells
        )
        functools.update_wrapper(self.function, body)
        self.detach()

    def attach(self) -> None:
        """Takes over the fast call path that there is now."""
        path = self._open()
        cells = path.__closure__ or ()
        for index, (mine, fresh) in enumerate(zip(self._cells, cells)):
            if index != _FIRST:
                mine.cell_contents = fresh.cell_contents
        self._cells[_FIRST].cell_contents = cells[_FIRST].cell_contents

    def detach(self) -> None:
        """The next call attaches again."""
        self._cells[_FIRST].cell_contents = self._start

    def _start(self) -> Any:
        self.attach()
        return self._cells[_FIRST].cell_contents()
