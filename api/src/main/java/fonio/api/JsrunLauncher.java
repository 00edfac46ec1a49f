package fonio.api;

import java.util.Map;

/**
 * A launcher of a command on each node by jsrun of IBM's systems.
 *
 * @param debug whether its script says what it starts
 * @param overrides more options of its command
 */
public record JsrunLauncher(boolean debug, String overrides) implements LauncherConfig {
  /** One with the defaults of everything. */
  public JsrunLauncher() {
    this(true, "");
  }

  public JsrunLauncher {
    Checks checks = Checks.of("launcher jsrun");
    checks.text("overrides", overrides);
  }

  @Override
  public String word() {
    return "jsrun";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap().put("debug", debug).put("overrides", overrides).made();
  }
}
