"""Fixtures of the tests of workers: an engine with one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fonio._engine import Engine


@pytest.fixture(params=["rings", "socket"])
def engine(start: Callable[..., Engine], request: pytest.FixtureRequest) -> Engine:
    """An engine with one worker, over either link."""
    return start(workers=1, ring=request.param == "rings")
