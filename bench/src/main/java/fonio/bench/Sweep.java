package fonio.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One system's repetitions over task lengths from long to nothing, on one graph.
 *
 * <p>The speed of the kernel alone is taken before each repetition; the reference is the first
 * quartile of all of them, so that it does not follow a slow minute of the machine.
 */
final class Sweep {
  private static final int OUTPUT_BYTES = 16;

  private final Backend backend;
  private final Graph graph;
  private final int cores;
  private final Grid grid;
  private final List<double[]> elapsed = new ArrayList<>();
  private double[] kernelNanos;

  private Sweep(Backend backend, Graph graph, int cores, Grid grid, double[] kernelNanos) {
    this.backend = backend;
    this.graph = graph;
    this.cores = cores;
    this.grid = grid;
    this.kernelNanos = kernelNanos;
  }

  /** A sweep without repetitions yet, of a system that is warm on this graph. */
  static Sweep warm(Backend backend, Graph graph, int cores, boolean quick) {
    warmUp(backend, graph, quick ? 1 : 2);
    double[] kernelNanos = backend.kernelNanos();
    return new Sweep(backend, graph, cores, Grid.of(quartile(kernelNanos), quick), kernelNanos);
  }

  /**
   * Runs the graph untimed until two runs in a row differ by less than 5 %, and for at least this
   * long.
   */
  private static void warmUp(Backend backend, Graph graph, double atLeastSeconds) {
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

  /** Runs every point once. */
  void repeat() {
    double[] seconds = new double[grid.points().size()];
    for (int i = 0; i < seconds.length; i++) {
      Grid.Point point = grid.points().get(i);
      seconds[i] =
          backend.run(graph.withSteps(point.steps()), new Work(point.iterations(), OUTPUT_BYTES));
    }
    elapsed.add(seconds);
    kernelNanos =
        DoubleStream.concat(Arrays.stream(kernelNanos), Arrays.stream(backend.kernelNanos()))
            .toArray();
  }

  String system() {
    return backend.name();
  }

  int repetitions() {
    return elapsed.size();
  }

  /** The points of all repetitions together. */
  List<Metg.Point> points() {
    return points(IntStream.range(0, repetitions()).toArray());
  }

  /** The points by the medians of these repetitions, of which one may be named several times. */
  List<Metg.Point> points(int[] repetitions) {
    double reference = quartile(kernelNanos);
    List<Metg.Point> points = new ArrayList<>();
    for (int i = 0; i < grid.points().size(); i++) {
      int column = i;
      double middle =
          Bootstrap.median(
              Arrays.stream(repetitions).mapToDouble(r -> elapsed.get(r)[column]).toArray());
      Grid.Point point = grid.points().get(i);
      long tasks = graph.withSteps(point.steps()).tasks();
      points.add(Metg.Point.of(point.iterations(), middle, tasks, cores, reference));
    }
    return points;
  }

  private static double quartile(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 4];
  }
}
