package fonio.engine;

import fonio.api.DirectExecutor;
import fonio.api.ExecutorConfig;
import fonio.api.HighThroughputExecutor;
import fonio.api.MpiExecutor;
import fonio.api.Options;
import fonio.api.Resources;
import fonio.api.ThreadPoolExecutor;
import java.util.LinkedHashMap;
import java.util.Map;

/** What tasks need, as the options of their class, by the keys of {@code docs/protocol.md} 6. */
final class Needs {
  private static final int MEBIBYTES = 1024;

  private Needs() {}

  /** Refuses what the executor does not know, and what none of its nodes can have. */
  static void check(Options options, ExecutorConfig executor) {
    of(options, executor);
  }

  /**
   * The options; none where nothing is asked for.
   *
   * @throws IllegalArgumentException for what the executor does not know, or no node of it can have
   */
  static Map<String, String> of(Options options, ExecutorConfig executor) {
    Resources asked = options.resources();
    if (asked.isNone()) {
      return Map.of();
    }
    return switch (executor) {
      case HighThroughputExecutor htex -> ofNode(asked, htex);
      case MpiExecutor mpi -> ofBlock(asked, mpi);
      case DirectExecutor direct -> throw unknown(asked, direct, "does not share out its machine");
      case ThreadPoolExecutor threads ->
          throw unknown(asked, threads, "does not share out its machine");
    };
  }

  private static Map<String, String> ofNode(Resources asked, HighThroughputExecutor executor) {
    if (asked.nodes().isPresent()) {
      throw unknown(asked, executor, "knows cores, memory and accelerators only");
    }
    new NodeSizes(executor).check(asked);
    Map<String, String> options = new LinkedHashMap<>();
    asked.cores().ifPresent(number -> options.put("cores", "" + number));
    asked
        .memory()
        .ifPresent(number -> options.put("memory_mb", "" + (long) Math.ceil(number * MEBIBYTES)));
    asked.accelerators().ifPresent(number -> options.put("accelerators", "" + number));
    return options;
  }

  private static Map<String, String> ofBlock(Resources asked, ExecutorConfig executor) {
    boolean ofNode =
        asked.cores().isPresent() || asked.memory().isPresent() || asked.accelerators().isPresent();
    if (ofNode) {
      throw unknown(asked, executor, "knows nodes, ranksPerNode and launcherOptions only");
    }
    int nodes = asked.nodes().orElse(1);
    int ranksPerNode = asked.ranksPerNode().orElse(1);
    Map<String, String> options = new LinkedHashMap<>();
    options.put("nodes", "" + nodes);
    options.put("ranks_per_node", "" + ranksPerNode);
    options.put("ranks", "" + (long) nodes * ranksPerNode);
    if (!asked.launcherOptions().isEmpty()) {
      options.put("launcher_options", asked.launcherOptions());
    }
    return options;
  }

  private static IllegalArgumentException unknown(
      Resources asked, ExecutorConfig executor, String why) {
    return new IllegalArgumentException(
        "the executor \"%s\" %s, and %s was asked for; leave it out, or name another executor"
            .formatted(executor.label(), why, asked));
  }
}
