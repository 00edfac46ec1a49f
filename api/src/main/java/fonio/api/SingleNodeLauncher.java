package fonio.api;

import java.util.Map;

/**
 * A launcher that runs a block's commands side by side on one node.
 *
 * @param debug whether its script says what it starts
 * @param failOnAny whether one that fails fails the block; else all of them must
 */
public record SingleNodeLauncher(boolean debug, boolean failOnAny) implements LauncherConfig {
  /** One with the defaults of everything. */
  public SingleNodeLauncher() {
    this(true, false);
  }

  @Override
  public String word() {
    return "single_node";
  }

  @Override
  public boolean isOfOneNode() {
    return true;
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap().put("debug", debug).put("fail_on_any", failOnAny).made();
  }
}
