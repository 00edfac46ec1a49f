package fonio.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Task Bench on Fonio's threads, on {@code CompletableFuture} and on OpenMP: one graph, or the METG
 * of all three.
 *
 * <p>{@code metg [--rounds N] [--quick]} prints a JSON line for each system, width and round; the
 * systems take turns. {@code run SYSTEM -type stencil_1d -width 2 -steps 1000 -iter 64} prints what
 * Task Bench's own scripts read.
 */
public final class TaskBench {
  private static final int CORES = 2;
  private static final int STEPS = 1000;

  private TaskBench() {}

  /** Runs the mode that the first word names. */
  public static void main(String[] words) {
    String mode = words.length == 0 ? "metg" : words[0];
    switch (mode) {
      case "metg" -> metg(words, System.out);
      case "run" -> TaskBenchRun.run(List.of(words).subList(1, words.length), System.out);
      default ->
          throw new IllegalArgumentException("no mode \"" + mode + "\"; there are metg and run");
    }
  }

  private static void metg(String[] words, PrintStream out) {
    boolean quick = List.of(words).contains("--quick");
    int rounds = rounds(words);
    List<Backend> backends = backends();
    try {
      for (int width : new int[] {2, 8}) {
        Graph graph = Graph.of(Pattern.STENCIL_1D, STEPS, width);
        for (Backend backend : backends) {
          Sweep.warmUp(backend, graph);
        }
        for (int round = 0; round < rounds; round++) {
          for (Backend backend : backends) {
            report(backend, graph, round, quick, out);
          }
        }
      }
    } finally {
      backends.forEach(Backend::close);
    }
  }

  private static void report(
      Backend backend, Graph graph, int round, boolean quick, PrintStream out) {
    List<Metg.Point> sweep = Sweep.run(backend, graph, CORES, quick);
    OptionalDouble metg = Metg.at(0.5, sweep);
    String prefix = "stencil" + graph.width();
    if (metg.isPresent()) {
      line(out, backend, prefix + "_us", round, metg.getAsDouble() * 1e6);
    } else {
      System.err.println(
          backend.name() + ", width " + graph.width() + ": the sweep did not cross 50 %: " + sweep);
    }
    line(out, backend, prefix + "_floor_us", round, Metg.floor(sweep) * 1e6);
  }

  private static void line(
      PrintStream out, Backend backend, String metric, int round, double value) {
    out.printf(
        Locale.ROOT,
        "{\"system\": \"%s\", \"metric\": \"%s\", \"round\": %d, \"value\": %.6g}%n",
        backend.name(),
        metric,
        round,
        value);
  }

  private static List<Backend> backends() {
    List<Backend> all = new ArrayList<>();
    all.add(new FonioBackend(CORES));
    all.add(new FutureBackend(CORES));
    String source = System.getenv("FONIO_BENCH_OPENMP");
    Path twin = Path.of(source == null ? "bench/taskbench/openmp/taskbench.c" : source);
    OpenMpTwin.compile(twin, CORES).ifPresent(all::add);
    return all;
  }

  private static int rounds(String[] words) {
    int at = List.of(words).indexOf("--rounds");
    return at < 0 ? 5 : Integer.parseInt(words[at + 1]);
  }
}
