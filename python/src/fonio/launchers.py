"""Launchers: how a block's job starts its managers on the nodes that it was given."""

from __future__ import annotations

from typing import ClassVar

from fonio import _rules
from fonio._parameters import Parameters

_RULES = {
    "debug": _rules.flag,
    "prepend": _rules.text,
    "fail_on_any": _rules.flag,
    "bind_cmd": _rules.text,
    "bash_location": _rules.text,
    "overrides": _rules.text,
}


class Launcher(Parameters):
    """The base of launchers; `debug=True` has their scripts say what they start."""

    rules = _RULES
    debug: bool
    one_node: ClassVar[bool] = False
    """Whether it stays on the node where the job's script runs."""


class SimpleLauncher(Launcher):
    """One command as it is; the launcher of an MPIExecutor's provider."""

    word, one_node = "simple", True

    def __init__(self, debug: bool = True) -> None:
        self._take(locals())


class WrappedLauncher(Launcher):
    """One command behind the text `prepend`, for example that of a container."""

    word, one_node = "wrapped", True

    def __init__(self, prepend: str, debug: bool = True) -> None:
        self._take(locals())


class SingleNodeLauncher(Launcher):
    """A block's commands side by side on one node.

    With `fail_on_any` one that fails fails the block; else all of them must fail.
    """

    word, one_node = "single_node", True

    def __init__(self, debug: bool = True, fail_on_any: bool = False) -> None:
        self._take(locals())


class GnuParallelLauncher(Launcher):
    """A command on each node, by GNU parallel and ssh."""

    word = "gnu_parallel"

    def __init__(self, debug: bool = True) -> None:
        self._take(locals())


class MpiExecLauncher(Launcher):
    """A command on each node, by mpiexec; `bind_cmd` is its option that binds to cores."""

    word = "mpiexec"

    def __init__(
        self, debug: bool = True, bind_cmd: str = "--bind-to", overrides: str = ""
    ) -> None:
        self._take(locals())


class MpiRunLauncher(Launcher):
    """A command on each node, by mpirun and the bash of `bash_location`."""

    word = "mpirun"

    def __init__(
        self, debug: bool = True, bash_location: str = "/bin/bash", overrides: str = ""
    ) -> None:
        self._take(locals())


class SrunLauncher(Launcher):
    """A command on each node, by Slurm's srun; `overrides` are more of its options."""

    word = "srun"

    def __init__(self, debug: bool = True, overrides: str = "") -> None:
        self._take(locals())


class SrunMPILauncher(Launcher):
    """Several groups of MPI programs in one Slurm job, by srun."""

    word = "srun_mpi"

    def __init__(self, debug: bool = True, overrides: str = "") -> None:
        self._take(locals())


class AprunLauncher(Launcher):
    """A command on each node, by aprun of Cray's systems."""

    word = "aprun"

    def __init__(self, debug: bool = True, overrides: str = "") -> None:
        self._take(locals())


class JsrunLauncher(Launcher):
    """A command on each node, by jsrun of IBM's systems."""

    word = "jsrun"

    def __init__(self, debug: bool = True, overrides: str = "") -> None:
        self._take(locals())
