package fonio.api;

import java.util.Map;

/**
 * A launcher of a command on each node by Slurm's srun.
 *
 * @param debug whether its script says what it starts
 * @param overrides more options of its command
 */
public record SrunLauncher(boolean debug, String overrides) implements LauncherConfig {
  /** One with the defaults of everything. */
  public SrunLauncher() {
    this(true, "");
  }

  public SrunLauncher {
    Checks checks = Checks.of("launcher srun");
    checks.text("overrides", overrides);
  }

  @Override
  public String word() {
    return "srun";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap().put("debug", debug).put("overrides", overrides).made();
  }
}
