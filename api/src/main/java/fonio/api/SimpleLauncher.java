package fonio.api;

import java.util.Map;

/**
 * A launcher that runs one command as it is; that of an {@link MpiExecutor}'s provider.
 *
 * @param debug whether its script says what it starts
 */
public record SimpleLauncher(boolean debug) implements LauncherConfig {
  /** One with the defaults of everything. */
  public SimpleLauncher() {
    this(true);
  }

  @Override
  public String word() {
    return "simple";
  }

  @Override
  public boolean isOfOneNode() {
    return true;
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap().put("debug", debug).made();
  }
}
