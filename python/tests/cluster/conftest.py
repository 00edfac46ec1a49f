"""Fixtures: hosts out of namespaces, a real Slurm, an sshd on every host. They last for a module.

The folder is left out of a run that does not name it, unless FONIO_CLUSTER_TESTS is set. What a
machine lacks skips a test and says so, or fails it when FONIO_CLUSTER_TESTS=1.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from machines import Lab, Missing, Slurm, script

NUMBERS = count(1)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves this folder out of the usual run."""
    named = any("cluster" in word for word in map(str, config.invocation_params.args))
    return None if named or os.environ.get("FONIO_CLUSTER_TESTS") else True


def make(name: str, *words: object, lab: str = "") -> str:
    """Runs a script of the kit, or ends the test by what the machine lacks for it."""
    try:
        return script(name, *words, lab=lab)
    except Missing as lack:
        if os.environ.get("FONIO_CLUSTER_TESTS") == "1":
            pytest.fail(str(lack), pytrace=False)
        warnings.warn(f"cluster tests are skipped: {lack}", stacklevel=2)
        pytest.skip(str(lack))


@pytest.fixture(scope="session")
def swept() -> None:
    """Removes what runs that were killed have left."""
    make("slurm", "sweep")
    make("hosts", "sweep")


@pytest.fixture(scope="module")
def ends() -> Iterator[ExitStack]:
    """What ends at the module's end, the last first."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="module")
def hosts(
    swept: None, ends: ExitStack, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Lab]:
    """Makes labs: `hosts(3)` has h0 (the head) to h3; `uplink=True` puts this machine into it."""

    def lab(count: int, uplink: bool = False) -> Lab:
        made = Lab(f"test-{os.getpid()}-{next(NUMBERS)}", count, tmp_path_factory.getbasetemp())
        ends.callback(script, "hosts", "down", lab=made.name, apart=True)
        words = ["--share", made.shared, *(["--uplink"] if uplink else [])]
        make("hosts", "up", count, *words, lab=made.name)
        return made

    return lab


@pytest.fixture(scope="module")
def slurm(
    swept: None, ends: ExitStack, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Slurm]:
    """Makes a Slurm: `slurm(2, cpus=4)` on this machine, `slurm(2, lab=hosts(2))` on hosts."""

    def begin(nodes: int, cpus: int = 2, lab: Lab | None = None) -> Slurm:
        folder = tmp_path_factory.mktemp("slurm")
        ends.callback(end, folder)
        word, name = ("up-hosts", lab.name) if lab else ("up", "")
        return Slurm(Path(make("slurm", word, folder, nodes, cpus, lab=name)), lab)

    def end(folder: Path) -> None:
        if (folder / "etc" / "lab").exists():
            script("slurm", "down", folder, apart=True)

    return begin


@pytest.fixture(scope="module")
def sshd(swept: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Lab], Path]:
    """Starts an sshd on every host of a lab: `sshd(lab)` is the ssh_config to use."""

    def begin(lab: Lab) -> Path:
        return Path(make("sshd", "up", tmp_path_factory.mktemp("sshd"), lab=lab.name))

    return begin
