package fonio.api;

import java.util.Map;

/**
 * A launcher of several groups of MPI programs in one Slurm job.
 *
 * @param debug whether its script says what it starts
 * @param overrides more options of its command
 */
public record SrunMpiLauncher(boolean debug, String overrides) implements LauncherConfig {
  /** One with the defaults of everything. */
  public SrunMpiLauncher() {
    this(true, "");
  }

  public SrunMpiLauncher {
    Checks checks = Checks.of("launcher srun_mpi");
    checks.text("overrides", overrides);
  }

  @Override
  public String word() {
    return "srun_mpi";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap().put("debug", debug).put("overrides", overrides).made();
  }
}
