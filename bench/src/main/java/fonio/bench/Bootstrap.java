package fonio.bench;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The interval in which a statistic of repetitions lies: repetitions are drawn again with
 * replacement, and the middle 95 % of what the draws give is kept.
 */
final class Bootstrap {
  private static final int DRAWS = 1000;
  private static final double TAIL = 0.025;

  /** A statistic of all repetitions, and the interval of it. */
  record Interval(double value, double low, double high) {

    Interval times(double factor) {
      return new Interval(value * factor, low * factor, high * factor);
    }

    Interval inverse() {
      return new Interval(1 / value, 1 / high, 1 / low);
    }
  }

  private Bootstrap() {}

  /**
   * The statistic with its interval; no answer when the repetitions as they are give none, or one
   * draw in twenty does not. The draws are the same in every run.
   */
  static Optional<Interval> of(int repetitions, Function<int[], OptionalDouble> statistic) {
    OptionalDouble value = statistic.apply(IntStream.range(0, repetitions).toArray());
    SplittableRandom random = new SplittableRandom(1);
    double[] drawn =
        IntStream.range(0, DRAWS)
            .mapToObj(draw -> random.ints(repetitions, 0, repetitions).toArray())
            .map(statistic)
            .flatMapToDouble(OptionalDouble::stream)
            .sorted()
            .toArray();
    if (value.isEmpty() || drawn.length < DRAWS * 0.95) {
      return Optional.empty();
    }
    int low = (int) (drawn.length * TAIL);
    return Optional.of(
        new Interval(value.getAsDouble(), drawn[low], drawn[drawn.length - 1 - low]));
  }

  /** The middle value. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
