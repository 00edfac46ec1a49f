"""Fixtures: an engine whose tasks run in Dask, Ray or MPI.

The folder is left out of a run unless FONIO_BRIDGE_TESTS=1; `dev/bridge-tests` makes an environment
that has them, and there none may lack.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import fonio
from fonio import Config
from fonio.executors.bridge import BridgeExecutor, DaskExecutor, MPIPoolExecutor, RayExecutor

BESIDE = os.path.dirname(sys.executable)
"""Where the environment has its mpiexec."""


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leaves this folder out of the usual run."""
    return None if os.environ.get("FONIO_BRIDGE_TESTS") == "1" else True


ENGINES: dict[str, Callable[[], BridgeExecutor]] = {
    "dask": lambda: DaskExecutor(
        client={"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    ),
    "ray": lambda: RayExecutor(init={"num_cpus": 2}),
    "mpi-ranks": lambda: MPIPoolExecutor(ranks=3, mpiexec=f"{BESIDE}/mpiexec"),
    "mpi-spawned": lambda: MPIPoolExecutor(
        max_workers=2, env={"PATH": f"{BESIDE}:{os.environ['PATH']}"}
    ),
}


@pytest.fixture(scope="module", params=ENGINES)
def bridged(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Loads an engine of each kind for all tests of a module; its name."""
    folder = tmp_path_factory.mktemp(request.param)
    fonio.load(Config([ENGINES[request.param]()], run_dir=str(folder / ".fonio")))
    yield request.param
    fonio.clear()
