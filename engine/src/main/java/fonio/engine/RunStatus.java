package fonio.engine;

import fonio.executors.Lane;
import fonio.kernel.Kernel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a run stands, for observers: its tasks, and each executor with its parts. */
final class RunStatus {
  private final Kernel kernel;
  private final List<Lane> lanes;

  RunStatus(Kernel kernel, List<Lane> lanes) {
    this.kernel = kernel;
    this.lanes = lanes;
  }

  /**
   * The entries, in the order in which people read them.
   *
   * @param account what the run has done so far
   */
  Map<String, String> entries(Map<String, String> account) {
    Map<String, String> entries = new LinkedHashMap<>();
    account.forEach((key, value) -> entries.put("tasks." + key, value));
    for (int i = 0; i < lanes.size(); i++) {
      String prefix = "executors." + i + ".";
      entries.put(prefix + "label", lanes.get(i).label());
      entries.put(prefix + "ready", "" + kernel.readyCount(i));
      lanes.get(i).status().forEach((key, value) -> entries.put(prefix + key, value));
    }
    return entries;
  }
}
