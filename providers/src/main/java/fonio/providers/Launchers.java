package fonio.providers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The launchers, by their names in the settings. */
final class Launchers {
  private static final String END_OF_COMMAND = "FONIO_END_OF_COMMAND";

  /** What each launcher may be told beside {@code launcher.debug}. */
  private static final Map<String, Set<String>> OPTIONS =
      new TreeMap<>(
          Map.of(
              "simple", Set.of(),
              "wrapped", Set.of("prepend"),
              "single_node", Set.of("fail_on_any"),
              "gnu_parallel", Set.of(),
              "mpiexec", Set.of("bind_cmd", "overrides"),
              "mpirun", Set.of("bash_location", "overrides"),
              "srun", Set.of("overrides"),
              "srun_mpi", Set.of("overrides"),
              "aprun", Set.of("overrides"),
              "jsrun", Set.of("overrides")));

  /** Those that stay on the node where they are started. */
  private static final Set<String> OF_ONE_NODE = Set.of("simple", "wrapped", "single_node");

  private Launchers() {}

  /**
   * The launcher of the settings.
   *
   * @param absent the name of the one that is used when none is given
   */
  static Launcher of(Keys keys, String absent) {
    String name = name(keys, absent);
    for (String option :
        List.of("overrides", "prepend", "fail_on_any", "bind_cmd", "bash_location")) {
      String key = "launcher." + option;
      String value = keys.text(key).orElse("");
      if (!value.isEmpty() && !OPTIONS.getOrDefault(name, Set.of()).contains(option)) {
        throw keys.bad(key, value, "launcher " + name + " has no such option; remove it");
      }
    }
    String debug = keys.flag("launcher.debug", true) ? "1" : "";
    String overrides = keys.line("launcher.overrides").orElse("");
    Template template = Template.named("launcher-" + name);
    return switch (name) {
      case "simple" -> (command, tasks, nodes) -> filled(template, Map.of("command", command));
      case "wrapped" -> {
        String prepend = keys.line("launcher.prepend").orElse("");
        yield (command, tasks, nodes) ->
            filled(template, Map.of("prepend", prepend, "command", JobBody.quoted(ended(command))));
      }
      case "single_node" -> {
        String failOnAny = keys.flag("launcher.fail_on_any", false) ? "1" : "";
        yield (command, tasks, nodes) ->
            filled(
                template,
                Map.of(
                    "command",
                    ended(command),
                    "debug",
                    debug,
                    "fail_on_any",
                    failOnAny,
                    "tasks",
                    Integer.toString(tasks)));
      }
      case "mpiexec" -> {
        String bind = keys.line("launcher.bind_cmd").orElse("--bind-to");
        yield (command, tasks, nodes) ->
            spread(template, command, tasks, nodes, debug, Map.of("bind", bind), overrides);
      }
      case "mpirun" -> {
        String bash = keys.word("launcher.bash_location").orElse("/bin/bash");
        yield (command, tasks, nodes) ->
            spread(template, command, tasks, nodes, debug, Map.of("bash", bash), overrides);
      }
      default ->
          (command, tasks, nodes) ->
              spread(template, command, tasks, nodes, debug, Map.of(), overrides);
    };
  }

  /**
   * The launcher of the settings, for blocks of so many nodes: one that would leave all but the
   * first idle is refused.
   */
  static Launcher of(Keys keys, String absent, int nodes) {
    String name = name(keys, absent);
    if (nodes > 1 && (name.equals("single_node") || name.equals("wrapped"))) {
      throw keys.bad(
          "launcher",
          name,
          "it starts managers on the first of %d nodes only; use srun, mpiexec or another that spreads, or simple if the command spreads by itself"
              .formatted(nodes));
    }
    return of(keys, name);
  }

  /** The launcher of the settings, for one node only. */
  static Launcher ofOneNode(Keys keys) {
    String name = name(keys, "single_node");
    if (!OF_ONE_NODE.contains(name)) {
      throw keys.bad(
          "launcher", name, "it is for the nodes of a batch job; use one of " + OF_ONE_NODE);
    }
    return of(keys, name);
  }

  private static String name(Keys keys, String absent) {
    String name = keys.line("launcher").orElse(absent);
    if (!OPTIONS.containsKey(name)) {
      throw keys.bad("launcher", name, "there is no such launcher; use " + OPTIONS.keySet());
    }
    return name;
  }

  /** A launcher that starts the command's own script once for each task of each node. */
  private static String spread(
      Template template,
      String command,
      int tasks,
      int nodes,
      String debug,
      Map<String, String> more,
      String overrides) {
    if (command.contains(END_OF_COMMAND)) {
      throw new IllegalArgumentException(
          "the command of a block has the word " + END_OF_COMMAND + "; use another");
    }
    String own =
        Template.named("command")
            .fill(Map.of("command", command.stripTrailing(), "end", END_OF_COMMAND));
    Map<String, String> values = new TreeMap<>(more);
    values.put("write_command", own.stripTrailing());
    values.put("debug", debug);
    if (template.has("overrides")) {
      values.put("overrides", overrides.isEmpty() ? "" : overrides + " ");
    }
    values.put("tasks_per_node", Integer.toString(tasks));
    values.put("nodes", Integer.toString(nodes));
    values.put("tasks", Integer.toString(Math.multiplyExact(tasks, nodes)));
    values.keySet().removeIf(place -> !template.has(place));
    return filled(template, values);
  }

  private static String filled(Template template, Map<String, String> values) {
    return template.fill(values).stripTrailing();
  }

  private static String ended(String command) {
    return command.stripTrailing();
  }
}
