package fonio.engine;

import fonio.engine.EngineConfig.ExecutorSettings;
import fonio.engine.EngineConfig.WorkerSettings;
import fonio.pool.Placement;
import fonio.pool.PoolConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Translates an executor of the engine's configuration into its pool's. */
final class PoolConfigs {

  /** Keys that managers are told as they are. */
  private static final List<String> REMOTE =
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

  private PoolConfigs() {}

  static PoolConfig of(EngineConfig config, int lane, IntSupplier makers) {
    ExecutorSettings executor = config.executors().get(lane);
    WorkerSettings shared = executor.shared();
    List<String> command = new ArrayList<>();
    command.add(shared.python());
    command.addAll(shared.flags());
    command.add(shared.script());
    return new PoolConfig(
        executor.label(),
        executor.workers(),
        command,
        environment(executor),
        welcome(config, executor),
        shared.workingDirectory(),
        config.run().resolve("workers"),
        config.segments(),
        lane == 0
            ? config.workersSocket()
            : config.workersSocket().resolveSibling("workers-" + lane + ".sock"),
        config.token(),
        "python-",
        "",
        config.rings() ? config.ringCapacity() : 0,
        makers,
        1000 * executor.number("credit_us", 1000),
        (int) executor.number("max_tasks_per_child", 0),
        executor.keys().getOrDefault("cpu_affinity", "none"),
        Placement.named(executor.keys().getOrDefault("placement", "least_loaded")),
        sharedQueue(executor));
  }

  /** What managers are told of the workers that they start. */
  static Map<String, String> remote(EngineConfig config, ExecutorSettings executor) {
    WorkerSettings shared = executor.shared();
    Map<String, String> told = new LinkedHashMap<>(welcome(config, executor));
    List.of("segments", "spill", "errors").forEach(told::remove);
    List<String> command = new ArrayList<>();
    command.add(executor.text("python", shared.python()));
    command.addAll(shared.flags());
    command.add(shared.script());
    for (int n = 0; n < command.size(); n++) {
      told.put("command." + n, command.get(n));
    }
    told.put("codec", "python-");
    told.put("logs", logs(config, executor));
    environment(executor).forEach((name, value) -> told.put("env." + name, value));
    for (String key : REMOTE) {
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

  private static String logs(EngineConfig config, ExecutorSettings executor) {
    String root = executor.text("worker_logdir_root", "");
    String folder = root.isEmpty() ? config.run().resolve("workers").toString() : root;
    return java.nio.file.Path.of(folder).toAbsolutePath().toString();
  }

  private static boolean sharedQueue(ExecutorSettings executor) {
    String queue = executor.keys().getOrDefault("queue", "worker");
    return switch (queue) {
      case "worker" -> false;
      case "shared" -> true;
      default ->
          throw new IllegalArgumentException(
              "executor "
                  + executor.label()
                  + ": queue="
                  + queue
                  + " is unknown; use worker or shared");
    };
  }

  private static Map<String, String> environment(ExecutorSettings executor) {
    Map<String, String> environment = new HashMap<>();
    executor
        .keys()
        .forEach((key, value) -> {
          if (key.startsWith("env.")) {
            environment.put(key.substring(4), value);
          }
        });
    return environment;
  }

  private static Map<String, String> welcome(EngineConfig config, ExecutorSettings executor) {
    WorkerSettings shared = executor.shared();
    Map<String, String> welcome = new LinkedHashMap<>();
    welcome.put("session", "1");
    welcome.put("segments", config.segments().toString());
    welcome.put("spill", config.spill().toString());
    welcome.put("cwd", shared.workingDirectory().toString());
    welcome.put("umask", Integer.toString(shared.umask()));
    for (int n = 0; n < shared.searchPath().size(); n++) {
      welcome.put("path." + n, shared.searchPath().get(n));
    }
    welcome.put(
        "errors",
        config.run().resolve("workers").resolve(executor.label()).toAbsolutePath().toString());
    welcome.put("preload", executor.keys().getOrDefault("preload", ""));
    welcome.put("initializer", shared.initializer() ? "1" : "0");
    return welcome;
  }
}
