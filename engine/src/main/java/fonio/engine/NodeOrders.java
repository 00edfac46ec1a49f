package fonio.engine;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What managers are told of the workers that they start, whatever language those run. */
final class NodeOrders {

  /** Keys that are told as they are. */
  private static final List<String> SAME =
      List.of(
          "cores_per_worker",
          "mem_per_worker",
          "max_workers_per_node",
          "max_workers_per_block",
          "mpi_launcher",
          "cpu_affinity",
          "prefetch_capacity",
          "credit_us",
          "max_tasks_per_child");

  private NodeOrders() {}

  /**
   * The orders for an executor.
   *
   * @param command the program of a worker and its first words
   */
  static Map<String, String> of(ExecutorKeys executor, Path run, List<String> command) {
    Map<String, String> told = new LinkedHashMap<>();
    for (int n = 0; n < command.size(); n++) {
      told.put("command." + n, command.get(n));
    }
    told.put("logs", logs(executor, run));
    executor.under("env.").forEach((name, value) -> told.put("env." + name, value));
    for (String key : SAME) {
      told.put(key, executor.text(key, ""));
    }
    String accelerators = executor.text("available_accelerators", "");
    if (!accelerators.isEmpty()) {
      String[] names = accelerators.split("\n", -1);
      told.put("accelerators", Integer.toString(names.length));
      for (int n = 0; n < names.length; n++) {
        told.put("accelerator." + n, names[n]);
      }
    }
    if (executor.text("kind", "").equals("mpi")) {
      told.put("mpi", "1");
    }
    return told;
  }

  private static String logs(ExecutorKeys executor, Path run) {
    String root = executor.text("worker_logdir_root", "");
    Path folder = root.isEmpty() ? run.resolve("workers") : Path.of(root);
    return folder.toAbsolutePath().toString();
  }
}
