package fonio.api;

import java.util.Map;

/**
 * A launcher of a command on each node by mpiexec.
 *
 * @param debug whether its script says what it starts
 * @param bindCmd its option that binds to cores
 * @param overrides more options of its command
 */
public record MpiExecLauncher(boolean debug, String bindCmd, String overrides)
    implements LauncherConfig {
  /** One with the defaults of everything. */
  public MpiExecLauncher() {
    this(true, "--bind-to", "");
  }

  public MpiExecLauncher {
    Checks checks = Checks.of("launcher mpiexec");
    checks.text("bindCmd", bindCmd);
    checks.text("overrides", overrides);
  }

  @Override
  public String word() {
    return "mpiexec";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap()
        .put("debug", debug)
        .put("bind_cmd", bindCmd)
        .put("overrides", overrides)
        .made();
  }
}
