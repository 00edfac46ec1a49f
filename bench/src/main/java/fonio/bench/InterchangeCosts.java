package fonio.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * What frames, tasks, bytes and beats cost an interchange's thread.
 *
 * <p>{@code [--rounds N] [--seconds N]} prints a JSON line for each cost and round. The managers
 * have one frame at a time, so that none is read together with another.
 */
public final class InterchangeCosts {
  private static final int MANAGERS = 1_000;
  private static final int MANY = 100;
  private static final int SMALL = 64;
  private static final int LARGE = 1_088;
  private static final Duration SELDOM = Duration.ofSeconds(5);
  private static final Duration OFTEN = Duration.ofMillis(100);

  private final Duration length;

  private InterchangeCosts(Duration length) {
    this.length = length;
  }

  /** Runs all rounds. */
  public static void main(String[] args) throws IOException {
    Words words = Words.of(args);
    InterchangeCosts bench = new InterchangeCosts(Duration.ofSeconds(words.number("--seconds", 3)));
    bench.frame(MANY, SMALL);
    for (int round = 0; round < words.number("--rounds", 3); round++) {
      Costs costs =
          Costs.of(
              bench.frame(1, SMALL),
              bench.frame(MANY, SMALL),
              bench.frame(MANY, LARGE),
              bench.beat());
      line("frame_us", round, costs.frame() * 1e6);
      line("task_ns", round, costs.task() * 1e9);
      line("byte_ns", round, costs.payloadByte() * 1e9);
      line("beat_us", round, costs.beat() * 1e6);
    }
  }

  private Costs.Point frame(int tasks, int bytes) throws IOException {
    try (Cluster cluster =
        Cluster.start(new Cluster.Shape(MANAGERS, 1, tasks, tasks, bytes, SELDOM))) {
      cluster.join();
      cluster.feed(length);
      Cluster.Sample sample = cluster.feed(length);
      return new Costs.Point(tasks, bytes, sample.cpuNanos() * 1e-9 / sample.frames());
    }
  }

  private double beat() throws IOException {
    try (Cluster cluster = Cluster.start(new Cluster.Shape(MANAGERS, 1, 1, 1, SMALL, OFTEN))) {
      cluster.join();
      cluster.run(length);
      Cluster.Sample sample = cluster.run(length);
      double beats = MANAGERS * (sample.nanos() * 1e-9 / (OFTEN.toMillis() * 1e-3));
      return sample.cpuNanos() * 1e-9 / beats;
    }
  }

  private static void line(String metric, int round, double value) {
    System.out.printf(
        Locale.ROOT,
        "{\"system\": \"fonio\", \"metric\": \"%s\", \"round\": %d, \"value\": %.4f}%n",
        metric,
        round,
        value);
  }
}
