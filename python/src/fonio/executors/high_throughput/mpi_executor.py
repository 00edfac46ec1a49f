"""The executor of MPI programs under Parsl's module name."""

from fonio.executors.mpi import MPIExecutor

__all__ = ["MPIExecutor"]
