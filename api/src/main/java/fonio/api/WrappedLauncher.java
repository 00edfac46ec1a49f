package fonio.api;

import java.util.Map;

/**
 * A launcher that runs one command behind a text, for example that of a container.
 *
 * @param prepend the text
 * @param debug whether its script says what it starts
 */
public record WrappedLauncher(String prepend, boolean debug) implements LauncherConfig {
  /** One with the defaults of everything else. */
  public WrappedLauncher(String prepend) {
    this(prepend, true);
  }

  public WrappedLauncher {
    Checks checks = Checks.of("launcher wrapped");
    checks.text("prepend", prepend);
  }

  @Override
  public String word() {
    return "wrapped";
  }

  @Override
  public boolean isOfOneNode() {
    return true;
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap().put("prepend", prepend).put("debug", debug).made();
  }
}
