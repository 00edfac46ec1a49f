package fonio.engine;

import fonio.api.HighThroughputExecutor;
import fonio.api.Resources;
import java.util.List;

/** What a node of an executor has at most, as far as the executor's settings say. */
final class NodeSizes {
  private static final List<String> CORES =
      List.of("provider.cores_per_node", "provider.cores_per_slot", "provider.max_cpu");
  private static final List<String> MEMORY =
      List.of("provider.mem_per_node", "provider.mem_per_slot");

  private final ExecutorKeys keys;
  private final int accelerators;

  NodeSizes(HighThroughputExecutor executor) {
    keys = new ExecutorKeys(executor.label(), executor.keys());
    accelerators = executor.availableAccelerators().size();
  }

  /** Refuses what no node can have; where nothing is known, managers tell. */
  void check(Resources asked) {
    asked.cores().ifPresent(number -> CORES.forEach(key -> check("cores", number, key)));
    asked.memory().ifPresent(number -> MEMORY.forEach(key -> check("GB of memory", number, key)));
    asked
        .accelerators()
        .ifPresent(number -> {
          if (accelerators > 0 && number > accelerators) {
            throw tooMuch("accelerators", number, accelerators, "available_accelerators");
          }
        });
  }

  private void check(String what, double number, String key) {
    double most = keys.decimal(key, Double.POSITIVE_INFINITY);
    if (number > Math.ceil(most)) {
      throw tooMuch(what, number, most, key);
    }
  }

  private IllegalArgumentException tooMuch(String what, double number, double most, String key) {
    return new IllegalArgumentException(
        "a node of the executor \"%s\" has %s %s (%s), and %s were asked for; ask for less, or name an executor whose nodes have more"
            .formatted(keys.label(), plain(most), what, key, plain(number)));
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? "" + (long) number : "" + number;
  }
}
