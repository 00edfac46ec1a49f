package fonio.pool;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * What a pool starts and where.
 *
 * @param label name of the pool, for people and file names
 * @param workers how many processes. Too low: cores idle; too high: they share cores
 * @param command program and arguments that start a worker; the pool appends its own arguments
 * @param environment what is added to this process's environment
 * @param welcome entries of WELCOME that are alike for all workers
 * @param workingDirectory where workers start
 * @param logs folder of the workers' output files
 * @param segments folder of ring files
 * @param socket path that the pool listens on
 * @param token secret of the run that a worker must know
 * @param codec prefix that a worker's {@code codec=} must have
 * @param digest class path digest that a Java worker must have, empty for none
 * @param ringCapacity bytes of a ring, 0 for sockets
 * @param makers gives each process a number of its own among the run's makers of segments
 * @param creditNanos work that a worker may have queued. Too low: workers idle between frames; too
 *     high: a long task holds short ones
 * @param maxTasksPerChild tasks after which a worker is replaced, 0 for never
 * @param affinity cores of each worker: {@code none}, {@code block}, {@code alternating}, {@code
 *     block-reverse} or {@code list:0,1:2,3}
 * @param placement which worker gets the next tasks
 * @param sharedQueue whether tasks wait for any worker, each of which is sent one frame ahead of
 *     what it runs; otherwise they wait with their worker, as far as its credit goes
 * @param environments what is added to the environment of each worker beyond that, by its index;
 *     none where all are alike
 */
public record PoolConfig(
    String label,
    int workers,
    List<String> command,
    Map<String, String> environment,
    Map<String, String> welcome,
    Path workingDirectory,
    Path logs,
    Path segments,
    Path socket,
    String token,
    String codec,
    String digest,
    int ringCapacity,
    IntSupplier makers,
    long creditNanos,
    int maxTasksPerChild,
    String affinity,
    Placement placement,
    boolean sharedQueue,
    List<Map<String, String>> environments) {

  public PoolConfig {
    if (workers < 1 || workers > 4096) {
      throw new IllegalArgumentException(
          "executor " + label + ": workers=" + workers + " is not in 1 to 4096");
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    welcome = Map.copyOf(welcome);
    environments = environments.stream().map(Map::copyOf).toList();
  }

  /** Describes a pool whose workers all have the same environment. */
  public PoolConfig(
      String label,
      int workers,
      List<String> command,
      Map<String, String> environment,
      Map<String, String> welcome,
      Path workingDirectory,
      Path logs,
      Path segments,
      Path socket,
      String token,
      String codec,
      String digest,
      int ringCapacity,
      IntSupplier makers,
      long creditNanos,
      int maxTasksPerChild,
      String affinity,
      Placement placement,
      boolean sharedQueue) {
    this(
        label,
        workers,
        command,
        environment,
        welcome,
        workingDirectory,
        logs,
        segments,
        socket,
        token,
        codec,
        digest,
        ringCapacity,
        makers,
        creditNanos,
        maxTasksPerChild,
        affinity,
        placement,
        sharedQueue,
        List.of());
  }
}
