package fonio.api;

import java.util.Map;

/**
 * A launcher of a command on each node by aprun of Cray's systems.
 *
 * @param debug whether its script says what it starts
 * @param overrides more options of its command
 */
public record AprunLauncher(boolean debug, String overrides) implements LauncherConfig {
  /** One with the defaults of everything. */
  public AprunLauncher() {
    this(true, "");
  }

  public AprunLauncher {
    Checks checks = Checks.of("launcher aprun");
    checks.text("overrides", overrides);
  }

  @Override
  public String word() {
    return "aprun";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap().put("debug", debug).put("overrides", overrides).made();
  }
}
