package fonio.engine;

import fonio.executors.Concerned;
import fonio.executors.Lane;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What observers may have done with the managers of executors: hold, release, log, drain, kill. */
final class Commands {
  private final List<Lane> lanes;

  Commands(List<Lane> lanes) {
    this.lanes = lanes;
  }

  /**
   * Obeys.
   *
   * @param word the command
   * @param target the label of an executor, or that, a slash, and a block or a manager
   * @return the managers concerned under {@code managers.0} and so on, what became of blocks
   *     without a manager under {@code blocks.0} and so on, or {@code error}
   */
  Map<String, String> obey(String word, String target) {
    Optional<Lane> named =
        lanes.stream()
            .filter(lane -> (target + "/").startsWith(lane.label() + "/"))
            .max(Comparator.comparingInt(lane -> lane.label().length()));
    if (named.isEmpty()) {
      String labels = lanes.stream().map(Lane::label).collect(Collectors.joining(", "));
      return Map.of(
          "error", "there is no executor for '%s': there are %s".formatted(target, labels));
    }
    Lane lane = named.get();
    String part = target.substring(Math.min(target.length(), lane.label().length() + 1));
    try {
      return told(lane, lane.obey(command(word), part));
    } catch (IllegalArgumentException e) {
      return Map.of("error", String.valueOf(e.getMessage()));
    }
  }

  private static Lane.Command command(String word) {
    return Lane.Command.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Map<String, String> told(Lane lane, Concerned concerned) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("executor", lane.label());
    put(entries, "managers.", concerned.managers());
    put(entries, "blocks.", concerned.blocks());
    return entries;
  }

  private static void put(Map<String, String> entries, String prefix, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      entries.put(prefix + i, lines.get(i));
    }
  }
}
