package fonio.bench;

import java.util.ArrayList;
import java.util.List;

/** The task lengths of a sweep, from long to nothing, as iterations of the kernel. */
record Grid(List<Point> points) {
  private static final double LONGEST_NANOS = 256_000;
  private static final double SHORTEST_NANOS = 100;
  private static final double FINE_FROM_NANOS = 16_000;
  private static final double FINE_TO_NANOS = 500;
  private static final double FEWER_ROWS_FROM_NANOS = 50_000;

  /** One length, and the rows that a graph of such tasks has. */
  record Point(int iterations, int steps) {}

  /**
   * Kernels from 256 us down to 0.1 us, then none: an octave apart, a third of an octave between 16
   * and 0.5 us, where half efficiency is expected (quick: an octave everywhere).
   *
   * <p>Graphs have 1,000 rows, and a quarter of them where a task is longer than 50 us.
   */
  static Grid of(double kernelNanos, boolean quick) {
    List<Point> points = new ArrayList<>();
    double nanos = LONGEST_NANOS;
    while (nanos > SHORTEST_NANOS) {
      int iterations = (int) Math.round(nanos / kernelNanos);
      if (iterations > 0 && (points.isEmpty() || points.getLast().iterations() != iterations)) {
        points.add(new Point(iterations, nanos < FEWER_ROWS_FROM_NANOS ? 1000 : 250));
      }
      boolean fine = !quick && nanos <= FINE_FROM_NANOS * 1.01 && nanos > FINE_TO_NANOS;
      nanos /= fine ? Math.cbrt(2) : 2;
    }
    points.add(new Point(0, 1000));
    return new Grid(List.copyOf(points));
  }
}
