package fonio.bench;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The minimum effective task granularity: the shortest time per task at which half of the cores'
 * time is work.
 */
final class Metg {

  /**
   * One point of a sweep: core time per task in seconds, and the share of it that was the kernel.
   */
  record Point(int iterations, double granularity, double efficiency) {

    /** The point that a run of {@code tasks} tasks on {@code cores} cores gives. */
    static Point of(int iterations, double elapsed, long tasks, int cores, double kernelNanos) {
      double granularity = elapsed * cores / tasks;
      return new Point(iterations, granularity, iterations * kernelNanos * 1e-9 / granularity);
    }
  }

  private Metg() {}

  /**
   * The granularity at this efficiency, interpolated between the finest point above it and the next
   * finer one. Empty when the sweep does not reach from above to below, or an efficiency over 1.5
   * shows that the reference is wrong.
   */
  static OptionalDouble at(double efficiency, List<Point> sweep) {
    List<Point> points =
        sweep.stream().sorted(Comparator.comparingInt(Point::iterations).reversed()).toList();
    if (points.stream().anyMatch(point -> point.efficiency() >= 1.5)) {
      return OptionalDouble.empty();
    }
    int best = -1;
    for (int i = 0; i < points.size(); i++) {
      boolean above = points.get(i).efficiency() >= efficiency;
      if (above && (best < 0 || points.get(i).granularity() < points.get(best).granularity())) {
        best = i;
      }
    }
    if (best < 0 || best + 1 >= points.size()) {
      return OptionalDouble.empty();
    }
    Point a = points.get(best);
    Point b = points.get(best + 1);
    if (b.granularity() >= a.granularity()) {
      return OptionalDouble.of(a.granularity());
    }
    double part = (efficiency - b.efficiency()) / (a.efficiency() - b.efficiency());
    return OptionalDouble.of(b.granularity() + part * (a.granularity() - b.granularity()));
  }

  /** The least core time per task of a sweep: what a task costs when it does next to nothing. */
  static double floor(List<Point> sweep) {
    return sweep.stream().mapToDouble(Point::granularity).min().orElse(Double.NaN);
  }
}
