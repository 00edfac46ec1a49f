"""Fixtures: a tree with the launcher in it."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from launch import Tree, make_tree

signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return make_tree(tmp_path)
