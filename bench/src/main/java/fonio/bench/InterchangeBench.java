package fonio.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * What one interchange carries: 10,000 managers, and 100,000 workers against 100.
 *
 * <p>{@code [--managers N] [--rounds N] [--seconds N]} prints a JSON line for each figure and
 * round. Every case has managers of its own, in a process of their own.
 */
public final class InterchangeBench {
  private static final int TASK_BYTES = 64;
  private static final int FRAME_TASKS = 100;
  private static final Duration BEAT = Duration.ofSeconds(5);

  private final int managers;
  private final Duration measured;
  private final Duration warm;

  private InterchangeBench(int managers, int seconds) {
    this.managers = managers;
    this.measured = Duration.ofSeconds(seconds);
    this.warm = Duration.ofSeconds(seconds);
  }

  /** Runs all rounds. */
  public static void main(String[] args) throws IOException {
    Words words = Words.of(args);
    InterchangeBench bench =
        new InterchangeBench(words.number("--managers", 10_000), words.number("--seconds", 4));
    bench.rate(shape(10, 1, 4 * FRAME_TASKS));
    for (int round = 0; round < words.number("--rounds", 3); round++) {
      bench.manyManagers(round);
      bench.manyWorkers(round);
    }
  }

  private static Cluster.Shape shape(int managers, int workers, int window) {
    return new Cluster.Shape(managers, workers, window, FRAME_TASKS, TASK_BYTES, BEAT);
  }

  private void manyManagers(int round) throws IOException {
    Memory before = Memory.now();
    try (Cluster cluster = Cluster.start(shape(managers, 1, FRAME_TASKS))) {
      line("join_us", round, cluster.join().toNanos() / 1e3 / managers);
      Memory joined = Memory.now().less(before);
      cluster.feed(warm);
      Cluster.Sample sample = cluster.feed(measured);
      Memory loaded = Memory.now().less(before);
      cluster.settle();
      Memory idle = Memory.now().less(before);
      line("rate", round, sample.tasksPerSecond());
      line("task_cpu_ns", round, sample.cpuNanosPerTask());
      line("cores", round, sample.cores());
      if (round == 0) {
        memory("joined", joined);
        memory("loaded", loaded);
        memory("idle", idle);
      }
    }
  }

  /**
   * Of the first round only: a later one finds pages that this process has touched already, and its
   * "before" still has objects of the cases before it.
   */
  private void memory(String when, Memory grown) {
    line(when + "_heap_bytes", 0, (double) grown.heapBytes() / managers);
    line(when + "_other_bytes", 0, (double) grown.residentBytes() / managers);
    line(when + "_bytes", 0, (double) (grown.heapBytes() + grown.residentBytes()) / managers);
  }

  private void manyWorkers(int round) throws IOException {
    double few = rate(shape(1, 100, 4 * FRAME_TASKS)).cpuNanosPerTask();
    double many = rate(shape(1_000, 100, 4 * FRAME_TASKS)).cpuNanosPerTask();
    line("workers_100_ns", round, few);
    line("workers_100000_ns", round, many);
    line("workers_ratio", round, many / few);
  }

  private Cluster.Sample rate(Cluster.Shape shape) throws IOException {
    try (Cluster cluster = Cluster.start(shape)) {
      cluster.join();
      cluster.feed(warm);
      return cluster.feed(measured);
    }
  }

  private static void line(String metric, int round, double value) {
    System.out.printf(
        Locale.ROOT,
        "{\"system\": \"fonio\", \"metric\": \"%s\", \"round\": %d, \"value\": %.3f}%n",
        metric,
        round,
        value);
  }
}
