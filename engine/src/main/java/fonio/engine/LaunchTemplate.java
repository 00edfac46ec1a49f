package fonio.engine;

import fonio.api.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameter {@code launch_cmd}: shell text around the command of a manager, with Parsl's names
 * for what stands in it; {@code {{} and {@code }}} are braces.
 *
 * @param label of the executor, for errors
 * @param text the template; empty for the command alone
 * @param values what stands for the names that are the same for all blocks
 */
record LaunchTemplate(String label, String text, Map<String, String> values) {
  private static final String COMMAND = "command";
  private static final String BLOCK = "block_id";

  /**
   * What is looked at in a template, the longest first: a block's number has two braces in Parsl.
   */
  private static final Pattern PART =
      Pattern.compile("\\{\\{block_id}}|\\{\\{|}}|\\{([A-Za-z_]\\w*)}");

  /** Names that are filled by keys of the executor as they are. */
  private static final List<String> SAME =
      List.of(
          "prefetch_capacity",
          "cores_per_worker",
          "mem_per_worker",
          "max_workers_per_node",
          "heartbeat_period",
          "heartbeat_threshold",
          "drain_period",
          "cpu_affinity");

  LaunchTemplate {
    values = Map.copyOf(values);
    if (!text.isEmpty()) {
      check(label, text, values);
    }
  }

  /**
   * That of an executor.
   *
   * @param addresses where managers reach the interchange, each {@code HOST:PORT}
   */
  static LaunchTemplate of(HtexPlan plan, List<String> addresses) {
    ExecutorKeys executor = plan.executor();
    Map<String, String> values = new LinkedHashMap<>();
    SAME.forEach(name -> values.put(name, executor.text(name, "")));
    values.put(
        "addresses",
        addresses.stream()
            .map(address -> address.substring(0, address.lastIndexOf(':')))
            .collect(Collectors.joining(",")));
    String first = addresses.getFirst();
    values.put("worker_port", first.substring(first.lastIndexOf(':') + 1));
    values.put("logdir", plan.told().getOrDefault("logs", ""));
    return new LaunchTemplate(plan.label(), executor.text("launch_cmd", ""), values);
  }

  /** The names that may stand in a template. */
  SortedSet<String> names() {
    return names(values);
  }

  private static SortedSet<String> names(Map<String, String> values) {
    SortedSet<String> names = new TreeSet<>(values.keySet());
    names.addAll(List.of(COMMAND, BLOCK));
    return names;
  }

  private static void check(String label, String text, Map<String, String> values) {
    SortedSet<String> names = names(values);
    boolean commanded = false;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      String name = part.group(1);
      commanded |= COMMAND.equals(name);
      if (name != null && !names.contains(name)) {
        throw new ConfigurationException(
            "executor %s: launch_cmd has the placeholder {%s}, which Fonio does not fill; use some of %s, and {{ and }} for braces: %s"
                .formatted(label, name, names, text));
      }
    }
    if (!commanded) {
      throw new ConfigurationException(
          "executor %s: launch_cmd is \"%s\", which does not start Fonio's manager; write {command} where its command stands"
              .formatted(label, text));
    }
  }

  /** Whether there is nothing around the command. */
  boolean isPlain() {
    return text.isEmpty();
  }

  /** The shell text for a block. */
  String around(String command, String block) {
    return isPlain()
        ? command
        : PART.matcher(text)
            .replaceAll(part -> Matcher.quoteReplacement(filled(part.group(), command, block)));
  }

  private String filled(String part, String command, String block) {
    return switch (part) {
      case "{{" -> "{";
      case "}}" -> "}";
      case "{command}" -> command;
      case "{block_id}", "{{block_id}}" -> block;
      default -> values.getOrDefault(part.substring(1, part.length() - 1), "");
    };
  }
}
