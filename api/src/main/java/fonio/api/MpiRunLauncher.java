package fonio.api;

import java.util.Map;

/**
 * A launcher of a command on each node by mpirun.
 *
 * @param debug whether its script says what it starts
 * @param bashLocation where bash is on the nodes
 * @param overrides more options of its command
 */
public record MpiRunLauncher(boolean debug, String bashLocation, String overrides)
    implements LauncherConfig {
  /** One with the defaults of everything. */
  public MpiRunLauncher() {
    this(true, "/bin/bash", "");
  }

  public MpiRunLauncher {
    Checks checks = Checks.of("launcher mpirun");
    checks.text("bashLocation", bashLocation);
    checks.text("overrides", overrides);
  }

  @Override
  public String word() {
    return "mpirun";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap()
        .put("debug", debug)
        .put("bash_location", bashLocation)
        .put("overrides", overrides)
        .made();
  }
}
