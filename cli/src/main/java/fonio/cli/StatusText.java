package fonio.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How a run stands, as lines for people. */
final class StatusText {
  private final Map<String, String> entries;
  private final List<String> lines = new ArrayList<>();

  private StatusText(Map<String, String> entries) {
    this.entries = entries;
  }

  /**
   * The lines.
   *
   * @param run the run's number
   * @param facts what the engine said of the run
   * @param entries its answer to {@code status}
   */
  static List<String> of(String run, Map<String, String> facts, Map<String, String> entries) {
    StatusText text = new StatusText(entries);
    text.lines.add(
        "run %s, for %.1f s (engine %s, program %s%s)"
            .formatted(
                run,
                text.number("tasks.wall_ns") / 1e9,
                facts.getOrDefault("pid", "?"),
                facts.getOrDefault("client", "?"),
                durable(facts.getOrDefault("durable", ""))));
    text.tasks();
    for (int i = 0; entries.containsKey("executors." + i + ".label"); i++) {
      text.executor("executors." + i + ".");
    }
    return text.lines;
  }

  private static String durable(String how) {
    return how.isEmpty() ? "" : how.equals("kept") ? ", durable and kept" : ", durable";
  }

  private void tasks() {
    long failed = number("tasks.failed") + number("tasks.dependency_failed");
    lines.add(
        "tasks: %d submitted, %d done, %d failed, %d cancelled; %d wait for others, %d ready, %d with workers"
            .formatted(
                number("tasks.submitted"),
                number("tasks.succeeded"),
                failed,
                number("tasks.cancelled"),
                number("tasks.waiting"),
                number("tasks.ready"),
                number("tasks.held")));
  }

  private void executor(String prefix) {
    lines.add(
        "executor %s (%s): %d workers, %d free; %d tasks with them, %d ready"
            .formatted(
                text(prefix + "label"),
                text(prefix + "kind"),
                number(prefix + "workers"),
                number(prefix + "free"),
                number(prefix + "tasks"),
                number(prefix + "ready")));
    if (entries.containsKey(prefix + "failure")) {
      lines.add("  failed: " + text(prefix + "failure"));
    }
    for (int i = 0; entries.containsKey(prefix + "blocks." + i); i++) {
      lines.add("  " + text(prefix + "blocks." + i));
    }
    for (int i = 0; entries.containsKey(prefix + "managers." + i + ".name"); i++) {
      manager(prefix + "managers." + i + ".");
    }
    new TreeMap<>(entries)
        .forEach((key, value) -> {
          if (key.startsWith(prefix + "processes.")) {
            lines.add("  " + key.substring(prefix.length() + "processes.".length()) + ": " + value);
          }
        });
    if (entries.containsKey(prefix + "invitation")) {
      lines.add("  one more manager: ./fonio manager " + text(prefix + "invitation"));
    }
  }

  private void manager(String prefix) {
    String block = text(prefix + "block");
    lines.add(
        String.format(
            Locale.ROOT,
            "  manager %s: host %s, pid %s, %s, %s workers, %s tasks, %s answered%s%s%s",
            text(prefix + "name"),
            text(prefix + "host"),
            text(prefix + "pid"),
            block.isEmpty() ? "no block" : "block " + block,
            text(prefix + "workers"),
            text(prefix + "tasks"),
            text(prefix + "answered"),
            text(prefix + "draining").equals("true") ? ", draining" : "",
            text(prefix + "on_hold").equals("true") ? ", on hold" : "",
            text(prefix + "avoided").isEmpty() ? "" : ", " + text(prefix + "avoided")));
  }

  private String text(String key) {
    return entries.getOrDefault(key, "");
  }

  private long number(String key) {
    return Long.parseLong(entries.getOrDefault(key, "0"));
  }
}
