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
        1000 * number(executor, "credit_us", 1000),
        (int) number(executor, "max_tasks_per_child", 0),
        executor.keys().getOrDefault("cpu_affinity", "none"),
        Placement.named(executor.keys().getOrDefault("placement", "least_loaded")),
        sharedQueue(executor));
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

  private static long number(ExecutorSettings executor, String key, long otherwise) {
    String value = executor.keys().get(key);
    try {
      return value == null ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "executor " + executor.label() + ": " + key + "=" + value + " is no whole number", e);
    }
  }
}
