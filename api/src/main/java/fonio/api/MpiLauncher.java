package fonio.api;

/** The command by which tasks of an {@link MpiExecutor} start their programs. */
public enum MpiLauncher {
  /** {@code mpiexec}. */
  MPIEXEC,
  /** Slurm's {@code srun}. */
  SRUN,
  /** {@code aprun} of Cray's systems. */
  APRUN
}
