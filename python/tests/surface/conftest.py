"""Fixtures of the tests of the public surface, on the real engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import fonio
from fonio import Config, DirectExecutor


@pytest.fixture
def home(tmp_path: Path) -> Iterator[str]:
    """A run folder of the test's own; what is loaded is cleared at the end."""
    yield str(tmp_path / ".fonio")
    fonio.clear()


@pytest.fixture
def engine(home: str) -> fonio.DataFlowKernel:
    """A loaded engine with two workers."""
    return fonio.load(Config(executors=[DirectExecutor(workers=2)], run_dir=home))
