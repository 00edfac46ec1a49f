"""The campaigns need the engine's jar."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fonio._java import engine_jar
from fonio.errors import EnvironmentNeeded

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mine = [item for item in items if HERE in item.path.parents]
    for item in mine:
        item.add_marker(pytest.mark.engine)
    try:
        engine_jar()
    except EnvironmentNeeded as problem:
        if not os.environ.get("CI"):
            for item in mine:
                item.add_marker(pytest.mark.skip(reason=str(problem)))
