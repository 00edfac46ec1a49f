package fonio.api;

import java.util.Map;

/**
 * A launcher of a command on each node by GNU parallel and ssh.
 *
 * @param debug whether its script says what it starts
 */
public record GnuParallelLauncher(boolean debug) implements LauncherConfig {
  /** One with the defaults of everything. */
  public GnuParallelLauncher() {
    this(true);
  }

  @Override
  public String word() {
    return "gnu_parallel";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap().put("debug", debug).made();
  }
}
