package fonio.bench;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An interchange with simulated managers, which are a process of their own. */
final class Cluster implements AutoCloseable {
  /**
   * How a cluster is made.
   *
   * @param managers how many there are
   * @param workers how many each says that it has
   * @param window how many tasks each wants to have at most
   * @param frameTasks how many tasks go to one at once
   * @param taskBytes how large an argument, and a result, is
   * @param beat how often a silent side says something
   */
  record Shape(
      int managers, int workers, int window, int frameTasks, int taskBytes, Duration beat) {}

  /**
   * What happened in a while.
   *
   * @param tasks answered
   * @param frames in which they came
   * @param nanos of the clock
   * @param cpuNanos of the thread that ran the interchange
   */
  record Sample(long tasks, long frames, long nanos, long cpuNanos) {
    double tasksPerSecond() {
      return tasks * 1e9 / nanos;
    }

    double cpuNanosPerTask() {
      return (double) cpuNanos / tasks;
    }

    double cores() {
      return (double) cpuNanos / nanos;
    }
  }

  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final long STEP_NANOS = 50_000_000;

  private final Shape shape;
  private final DrivenInterchange interchange;
  private final Process managers;

  private Cluster(Shape shape, DrivenInterchange interchange, Process managers) {
    this.shape = shape;
    this.interchange = interchange;
    this.managers = managers;
  }

  /** Starts the interchange and, in another process, the managers. */
  static Cluster start(Shape shape) throws IOException {
    DrivenInterchange interchange =
        new DrivenInterchange(shape.frameTasks, shape.taskBytes, shape.beat);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path", "." + File.pathSeparator),
            ManyManagers.class.getName(),
            "--port",
            Integer.toString(interchange.port()),
            "--managers",
            Integer.toString(shape.managers),
            "--workers",
            Integer.toString(shape.workers),
            "--window",
            Integer.toString(shape.window),
            "--beat-ms",
            Long.toString(shape.beat.toMillis()));
    Process managers =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Cluster(shape, interchange, managers);
  }

  /** Waits until all managers have come; how long that took this thread. */
  Duration join() {
    long began = cpuNanos();
    long all = (long) shape.managers * shape.workers;
    until("all managers have come", () -> interchange.workers() == all);
    return Duration.ofNanos(cpuNanos() - began);
  }

  /** Hands out tasks for a while. */
  Sample feed(Duration length) {
    interchange.feed(true);
    return run(length);
  }

  /** Only waits for a while. */
  Sample run(Duration length) {
    long tasks = interchange.done();
    long frames = interchange.frames();
    long cpu = cpuNanos();
    long began = System.nanoTime();
    while (System.nanoTime() - began < length.toNanos()) {
      interchange.turn(STEP_NANOS);
    }
    return new Sample(
        interchange.done() - tasks,
        interchange.frames() - frames,
        System.nanoTime() - began,
        cpuNanos() - cpu);
  }

  /** Hands out no more, and waits until all that was is answered. */
  void settle() {
    interchange.feed(false);
    until("all tasks are answered", interchange::isIdle);
  }

  private void until(String what, java.util.function.BooleanSupplier isSo) {
    long due = System.nanoTime() + PATIENCE_NANOS;
    while (!isSo.getAsBoolean()) {
      if (!managers.isAlive() || System.nanoTime() - due > 0) {
        throw new IllegalStateException(
            "the simulated managers have ended, or are too slow, before " + what);
      }
      interchange.turn(STEP_NANOS);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Override
  public void close() {
    interchange.close();
    try {
      if (!managers.waitFor(5, TimeUnit.SECONDS)) {
        managers.destroyForcibly();
      }
    } catch (InterruptedException e) {
      managers.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
