package fonio.engine;

import fonio.engine.EngineConfig.ExecutorSettings;
import fonio.engine.EngineConfig.WorkerSettings;
import fonio.pool.Placement;
import fonio.pool.PoolConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Translates an executor of the engine's configuration into its pool's. */
final class PoolConfigs {
  private static final String PYTHON = "python-";

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
        executor.keys().under("env."),
        welcome(config, executor),
        shared.workingDirectory(),
        config.run().resolve("workers"),
        config.segments(),
        lane == 0
            ? config.workersSocket()
            : config.workersSocket().resolveSibling("workers-" + lane + ".sock"),
        config.token(),
        PYTHON,
        "",
        config.rings() ? config.ringCapacity() : 0,
        makers,
        1000 * executor.keys().number("credit_us", 1000),
        (int) executor.keys().number("max_tasks_per_child", 0),
        executor.keys().text("cpu_affinity", "none"),
        Placement.named(executor.keys().text("placement", "least_loaded")),
        sharedQueue(executor));
  }

  /** Translates an executor of blocks. */
  static HtexPlan htex(EngineConfig config, int lane) {
    ExecutorSettings executor = config.executors().get(lane);
    WorkerSettings shared = executor.shared();
    Map<String, String> told = new LinkedHashMap<>(welcome(config, executor));
    List.of("segments", "spill", "errors").forEach(told::remove);
    List<String> command = new ArrayList<>();
    command.add(executor.keys().text("python", shared.python()));
    command.addAll(shared.flags());
    command.add(shared.script());
    told.putAll(NodeOrders.of(executor.keys(), config.run(), command));
    told.put("codec", PYTHON);
    return new HtexPlan(
        executor.keys(),
        config.run(),
        config.token(),
        PYTHON,
        told,
        ManagerCommand.ownClasses(),
        config.scaling(),
        line -> System.err.println("fonio engine: " + line));
  }

  private static boolean sharedQueue(ExecutorSettings executor) {
    String queue = executor.keys().text("queue", "worker");
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

  private static Map<String, String> welcome(EngineConfig config, ExecutorSettings executor) {
    WorkerSettings shared = executor.shared();
    Map<String, String> welcome = new LinkedHashMap<>();
    welcome.put("session", "1");
    welcome.put("segments", config.payloads().toString());
    welcome.put("spill", config.spill().toString());
    welcome.put("cwd", shared.workingDirectory().toString());
    welcome.put("umask", Integer.toString(shared.umask()));
    for (int n = 0; n < shared.searchPath().size(); n++) {
      welcome.put("path." + n, shared.searchPath().get(n));
    }
    welcome.put(
        "errors",
        config.run().resolve("workers").resolve(executor.label()).toAbsolutePath().toString());
    welcome.put("preload", executor.keys().text("preload", ""));
    welcome.put("initializer", shared.initializer() ? "1" : "0");
    return welcome;
  }
}
