package fonio.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One system's run over task lengths from long to nothing, on one graph. */
final class Sweep {
  private static final int OUTPUT_BYTES = 16;
  private static final double WARM_SECONDS = 2;

  private Sweep() {}

  /**
   * Runs the graph untimed until two runs in a row differ by less than 5 %, and for at least two
   * seconds.
   */
  static void warmUp(Backend backend, Graph graph, double atLeastSeconds) {
    Work work = new Work(32, OUTPUT_BYTES);
    double spent = 0;
    double last = 0;
    double now = backend.run(graph, work);
    while (spent < atLeastSeconds
        || (Math.abs(now - last) > 0.05 * now && spent < 3 * atLeastSeconds)) {
      last = now;
      now = backend.run(graph, work);
      spent += now;
    }
  }

  static void warmUp(Backend backend, Graph graph) {
    warmUp(backend, graph, WARM_SECONDS);
  }

  /** The points of a sweep, the kernel's own speed taken before and after it. */
  static List<Metg.Point> run(Backend backend, Graph graph, int cores, boolean quick) {
    double before = backend.kernelNanos();
    List<Integer> grid = grid(before, quick);
    double[] elapsed = new double[grid.size()];
    for (int i = 0; i < elapsed.length; i++) {
      elapsed[i] = middle(backend, graph, new Work(grid.get(i), OUTPUT_BYTES));
    }
    double kernelNanos = Math.min(before, backend.kernelNanos());
    List<Metg.Point> points = new ArrayList<>();
    for (int i = 0; i < elapsed.length; i++) {
      points.add(Metg.Point.of(grid.get(i), elapsed[i], graph.tasks(), cores, kernelNanos));
    }
    return points;
  }

  private static double middle(Backend backend, Graph graph, Work work) {
    double[] seconds = new double[3];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = backend.run(graph, work);
    }
    Arrays.sort(seconds);
    return seconds[1];
  }

  /**
   * Iterations for kernels of 64 us down to 0.1 us in steps of a third of an octave (quick: an
   * octave), then none.
   */
  private static List<Integer> grid(double kernelNanos, boolean quick) {
    double step = quick ? 2 : Math.cbrt(2);
    List<Integer> grid = new ArrayList<>();
    for (double nanos = 64_000; nanos > 100; nanos /= step) {
      int iterations = (int) Math.round(nanos / kernelNanos);
      if (iterations > 0 && (grid.isEmpty() || grid.getLast() != iterations)) {
        grid.add(iterations);
      }
    }
    grid.add(0);
    return grid;
  }
}
