package fonio.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the managers of an executor's blocks go by, and their workers.
 *
 * @param launchCmd shell text around a manager's command, which stands where {@code {command}}
 *     does; it may have {@code {block_id}}, {@code {addresses}}, {@code {worker_port}}, {@code
 *     {logdir}} and the names of keys such as {@code {cores_per_worker}}
 * @param interchangeLaunchCmd taken and without effect: the interchange is inside the engine
 * @param address where managers reach the interchange; empty: all addresses of this machine are
 *     tried
 * @param loopbackAddress where this program and the interchange meet
 * @param workerPort the port that managers connect to; empty: one of {@code workerPortRange}
 * @param workerPortRange the ports to choose from
 * @param workerDebug whether managers log all that they do
 * @param prefetchCapacity how many more tasks wait at a node. Too low: workers wait between tasks;
 *     too high: tasks wait while others are free
 * @param heartbeatThreshold after how long a silence the other side is lost. Too short: busy nodes
 *     are given up; too long: their tasks wait
 * @param heartbeatPeriod how often one says that one is there
 * @param drainPeriod how long a manager takes tasks; set it below the provider's walltime
 * @param workerLogdirRoot where logs of nodes go; empty: the run's folder
 * @param blockErrorHandler when failing blocks end the tasks
 * @param encrypted whether links are encrypted; empty: those that leave this machine are
 * @param maxTasksPerChild after how many tasks a worker is replaced; empty: never
 * @param environment variables that workers have beside those of their node
 * @param jvmOptions options of the workers' JVMs, each one word
 * @param creditUs how much work, in microseconds, lies ready at a worker. Too low: it waits for the
 *     next task; too high: tasks wait for it
 * @param kills how often a task may end its worker before it fails for good
 */
public record Managers(
    Optional<String> launchCmd,
    List<String> interchangeLaunchCmd,
    Optional<String> address,
    String loopbackAddress,
    OptionalInt workerPort,
    PortRange workerPortRange,
    boolean workerDebug,
    int prefetchCapacity,
    Duration heartbeatThreshold,
    Duration heartbeatPeriod,
    Optional<Duration> drainPeriod,
    Optional<Path> workerLogdirRoot,
    BlockErrorHandler blockErrorHandler,
    Optional<Boolean> encrypted,
    OptionalInt maxTasksPerChild,
    Map<String, String> environment,
    List<String> jvmOptions,
    int creditUs,
    int kills) {

  public Managers {
    interchangeLaunchCmd = List.copyOf(interchangeLaunchCmd);
    environment = Map.copyOf(environment);
    jvmOptions = List.copyOf(jvmOptions);
    Checks checks = Checks.of("the executor");
    launchCmd.ifPresent(line -> checks.template("launchCmd", line));
    checks.lines("interchangeLaunchCmd", interchangeLaunchCmd);
    if (!interchangeLaunchCmd.isEmpty()) {
      checks.template("interchangeLaunchCmd", String.join(" ", interchangeLaunchCmd));
    }
    address.ifPresent(value -> checks.word("address", value));
    checks.word("loopbackAddress", loopbackAddress);
    workerPort.ifPresent(port -> checks.port("workerPort", port));
    checks.atLeast("prefetchCapacity", prefetchCapacity, 0);
    checks.period("heartbeatPeriod", heartbeatPeriod);
    if (heartbeatThreshold.compareTo(heartbeatPeriod) <= 0) {
      throw checks.bad(
          "heartbeatThreshold",
          heartbeatThreshold,
          "it must be above heartbeatPeriod, " + heartbeatPeriod);
    }
    drainPeriod.ifPresent(period -> checks.period("drainPeriod", period));
    DirectChecks ofWorkers = new DirectChecks("of blocks");
    maxTasksPerChild.ifPresent(ofWorkers::maxTasksPerChild);
    ofWorkers.environment(environment);
    jvmOptions.forEach(ofWorkers::jvmOption);
    checks.atLeast("creditUs", creditUs, 1);
    checks.atLeast("kills", kills, 1);
  }

  /** What an executor is told of itself, of its provider and of its managers. */
  KeyMap keys(BlockExecutorConfig executor) {
    ProviderConfig provider = executor.provider();
    KeyMap keys =
        new KeyMap()
            .put("label", executor.label())
            .put("kind", executor.word())
            .put("workers", 0)
            .putPart("provider", provider.word(), provider.keys());
    if (!interchangeLaunchCmd.isEmpty()) {
      keys.put("interchange_launch_cmd", interchangeLaunchCmd);
    }
    environment.forEach((name, value) -> keys.put("env." + name, value));
    return keys.put("launch_cmd", launchCmd)
        .put("address", address)
        .put("loopback_address", loopbackAddress)
        .put("worker_port", workerPort)
        .put("worker_port_range", workerPortRange.first() + "-" + workerPortRange.last())
        .put("worker_debug", workerDebug)
        .put("prefetch_capacity", prefetchCapacity)
        .put("heartbeat_threshold", heartbeatThreshold)
        .put("heartbeat_period", heartbeatPeriod)
        .put("drain_period", drainPeriod)
        .put("worker_logdir_root", workerLogdirRoot)
        .put("block_error_handler", blockErrorHandler)
        .put("encrypted", encrypted)
        .put("max_tasks_per_child", maxTasksPerChild)
        .put("jvm_options", jvmOptions)
        .put("credit_us", creditUs)
        .put("kills", kills);
  }
}
