package fonio.bench;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * A grid of tasks, {@code steps} rows of at most {@code width}, each reading some of the row
 * before.
 *
 * <p>This is the graph of Task Bench (Slaughter et al., SC20), written from its description. {@code
 * index} is the graph's number in a run and enters the random patterns.
 */
record Graph(
    Pattern pattern, int steps, int width, int radix, int period, double fraction, int index) {

  private static final int[] NONE = {};

  Graph {
    if (steps < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a graph needs steps and width >= 1, got " + steps + " and " + width);
    }
    if (pattern.hasPeriod() != (period > 0)) {
      throw new IllegalArgumentException(
          pattern.word()
              + " needs a period "
              + (pattern.hasPeriod() ? "> 0" : "of 0")
              + ", got "
              + period);
    }
    if (pattern == Pattern.SPREAD && period > (width + radix - 1) / radix) {
      throw new IllegalArgumentException(
          "spread with radix "
              + radix
              + " and width "
              + width
              + " allows a period of at most "
              + (width + radix - 1) / radix
              + ", got "
              + period);
    }
    if (pattern == Pattern.STENCIL_1D_PERIODIC && width <= 2) {
      throw new IllegalArgumentException("stencil_1d_periodic needs a width > 2, got " + width);
    }
  }

  /** A graph with the default radix, period and fraction of its pattern. */
  static Graph of(Pattern pattern, int steps, int width) {
    return new Graph(pattern, steps, width, 3, pattern.hasPeriod() ? 3 : 0, 0.25, 0);
  }

  /** The name in tables: the pattern and the width. */
  String name() {
    return pattern == Pattern.STENCIL_1D ? "stencil" + width : pattern.word() + width;
  }

  Graph withSteps(int newSteps) {
    return new Graph(pattern, newSteps, width, radix, period, fraction, index);
  }

  Graph withRadix(int newRadix) {
    return new Graph(pattern, steps, width, newRadix, period, fraction, index);
  }

  Graph withPeriod(int newPeriod) {
    return new Graph(pattern, steps, width, radix, newPeriod, fraction, index);
  }

  Graph withFraction(double newFraction) {
    return new Graph(pattern, steps, width, radix, period, newFraction, index);
  }

  /** The first column of row {@code t}. */
  int offset(int t) {
    return t >= 0 && pattern == Pattern.DOM ? Math.max(0, t + width - steps) : 0;
  }

  /** The number of tasks in row {@code t}; 0 before the first row. */
  int widthAt(int t) {
    if (t < 0) {
      return 0;
    }
    return switch (pattern) {
      case DOM -> Math.min(width, Math.min(t + 1, steps - t));
      case TREE -> (int) Math.min(width, 1L << Math.min(t, 62));
      default -> width;
    };
  }

  /** The number of tasks in all rows. */
  long tasks() {
    return LongStream.range(0, steps).map(t -> widthAt((int) t)).sum();
  }

  /** The number of edges between tasks that exist. */
  long dependencies() {
    long edges = 0;
    for (int t = 1; t < steps; t++) {
      for (int p = offset(t); p < offset(t) + widthAt(t); p++) {
        edges += inputs(t, p).length;
      }
    }
    return edges;
  }

  /**
   * The columns of row {@code t - 1} that task {@code (t, p)} reads, in the order in which it gets
   * them.
   */
  int[] inputs(int t, int p) {
    int low = offset(t - 1);
    int high = low + widthAt(t - 1);
    if (high == low) {
      return NONE;
    }
    if (low == 0 && high == width) {
      return candidates(setAt(t), p);
    }
    return Arrays.stream(candidates(setAt(t), p)).filter(q -> q >= low && q < high).toArray();
  }

  private int setAt(int t) {
    return switch (pattern) {
      case FFT -> {
        int sets = 32 - Integer.numberOfLeadingZeros(width - 1);
        yield sets == 0 ? 0 : (t + sets - 1) % sets;
      }
      case SPREAD, RANDOM_NEAREST -> t % period;
      default -> 0;
    };
  }

  private int[] candidates(int set, int p) {
    return switch (pattern) {
      case TRIVIAL -> NONE;
      case NO_COMM -> new int[] {p};
      case STENCIL_1D -> between(p - 1, p + 1);
      case STENCIL_1D_PERIODIC -> periodic(p);
      case DOM -> between(p - 1, p);
      case TREE -> new int[] {p / 2};
      case FFT ->
          Arrays.stream(new int[] {p - (1 << set), p, p + (1 << set)})
              .filter(this::exists)
              .toArray();
      case ALL_TO_ALL -> between(0, width - 1);
      case NEAREST -> nearest(p);
      case SPREAD -> spread(set, p);
      case RANDOM_NEAREST ->
          Arrays.stream(nearest(p)).filter(q -> q == p || chosen(set, q, p)).toArray();
    };
  }

  private int[] periodic(int p) {
    int[] inner = between(p - 1, p + 1);
    if (p != 0 && p != width - 1) {
      return inner;
    }
    int[] all = Arrays.copyOf(inner, inner.length + 1);
    all[inner.length] = p == 0 ? width - 1 : 0;
    return all;
  }

  private int[] nearest(int p) {
    return radix == 0 ? new int[0] : between(p - radix / 2, p + (radix - 1) / 2);
  }

  private int[] spread(int set, int p) {
    int[] all = new int[radix];
    for (int i = 0; i < radix; i++) {
      all[i] = (p + i * width / radix + (i > 0 ? set : 0)) % width;
    }
    return all;
  }

  private boolean chosen(int set, int q, int p) {
    return SipHash.uniform(index, radix, set, q, p) < fraction;
  }

  private boolean exists(int q) {
    return q >= 0 && q < width;
  }

  private int[] between(int from, int to) {
    int low = Math.max(0, from);
    int high = Math.min(to, width - 1);
    int[] all = new int[high - low + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = low + i;
    }
    return all;
  }
}
