"""Launchers of Parsl, which this version does not have: the engine starts its workers itself."""

from __future__ import annotations

from fonio._unsupported import Unsupported

_HERE = "use DirectExecutor(workers=N), which needs no launcher"


class SimpleLauncher(Unsupported):
    """One command as it is."""

    instead = _HERE


class WrappedLauncher(Unsupported):
    """One command behind a prefix."""

    instead = _HERE


class SingleNodeLauncher(Unsupported):
    """Commands on one node."""

    instead = _HERE


class GnuParallelLauncher(Unsupported):
    """Commands by GNU parallel."""

    instead = _HERE


class MpiExecLauncher(Unsupported):
    """Commands by mpiexec."""

    instead = _HERE


class MpiRunLauncher(Unsupported):
    """Commands by mpirun."""

    instead = _HERE


class SrunLauncher(Unsupported):
    """Commands by srun."""

    instead = _HERE


class SrunMPILauncher(Unsupported):
    """MPI programs by srun."""

    instead = _HERE


class AprunLauncher(Unsupported):
    """Commands by aprun."""

    instead = _HERE


class JsrunLauncher(Unsupported):
    """Commands by jsrun."""

    instead = _HERE
