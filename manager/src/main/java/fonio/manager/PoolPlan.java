package fonio.manager;

import fonio.pool.Placement;
import fonio.pool.PoolConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Translates what the interchange says of workers into this node's pool. */
record PoolPlan(
    Orders orders, NodeResources node, String name, Path segments, Path spill, String token) {
  private static final long CREDIT_MICROS = 1000;
  private static final int RING_BYTES = 1 << 20;

  PoolConfig config(String block, IntSupplier makers) {
    int workers = orders.workers(node);
    Path logs = logs();
    return new PoolConfig(
        name,
        workers,
        orders.list("command"),
        environment(block, workers),
        welcome(logs),
        workingDirectory(),
        logs,
        segments,
        segments.resolve("workers.sock"),
        token,
        orders.text("codec", ""),
        orders.text("digest", ""),
        (int) orders.number("ring_capacity", RING_BYTES),
        makers,
        1000 * orders.number("credit_us", CREDIT_MICROS),
        (int) orders.number("max_tasks_per_child", 0),
        orders.text("cpu_affinity", "none"),
        Placement.named("least_loaded"),
        false,
        environments());
  }

  /** What the workers of a node do not have in common: their number, and an accelerator each. */
  private List<Map<String, String>> environments() {
    List<String> accelerators = orders.accelerators();
    List<Map<String, String>> all = new ArrayList<>();
    for (int worker = 0; worker < orders.mostWorkers(node); worker++) {
      Map<String, String> environment = new LinkedHashMap<>();
      environment.put("PARSL_WORKER_RANK", Integer.toString(worker));
      if (worker < accelerators.size()) {
        environment.putAll(AllotmentLines.visible(accelerators.get(worker)));
      }
      all.add(environment);
    }
    return all;
  }

  private Path workingDirectory() {
    Path folder = Path.of(orders.text("cwd", "")).toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "the working directory %s does not exist on this node; start the program in a folder that all nodes share"
              .formatted(folder));
    }
    return folder;
  }

  /**
   * The folder of the workers' output: with the run, or on this node where that cannot be written.
   */
  private Path logs() {
    String wanted = orders.text("logs", "");
    if (!wanted.isEmpty()) {
      Path folder = Path.of(wanted, name);
      try {
        Files.createDirectories(folder);
        return folder;
      } catch (IOException e) {
        System.err.println("fonio manager: the logs stay on this node: " + e);
      }
    }
    return segments.resolve("logs");
  }

  private Map<String, String> environment(String block, int workers) {
    Map<String, String> environment = new LinkedHashMap<>(orders.under("env."));
    environment.put("FONIO_MANAGER", name);
    environment.put("FONIO_BLOCK", block);
    environment.put("PARSL_WORKER_COUNT", Integer.toString(workers));
    environment.put("PARSL_WORKER_POOL_ID", name);
    environment.put("PARSL_WORKER_BLOCK_ID", block);
    return environment;
  }

  private Map<String, String> welcome(Path logs) {
    Map<String, String> welcome = new LinkedHashMap<>();
    welcome.put("session", "1");
    welcome.put("segments", segments.toString());
    welcome.put("spill", spill.toString());
    for (String key : List.of("cwd", "umask", "preload", "initializer")) {
      welcome.put(key, orders.text(key, ""));
    }
    List<String> path = new ArrayList<>(orders.list("path"));
    for (int n = 0; n < path.size(); n++) {
      welcome.put("path." + n, path.get(n));
    }
    welcome.put("errors", logs.resolve("errors").toString());
    return welcome;
  }
}
