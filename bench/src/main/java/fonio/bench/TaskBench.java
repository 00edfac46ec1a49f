package fonio.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Task Bench on Fonio's threads, on {@code CompletableFuture} and on OpenMP: one graph, or the METG
 * of all three.
 *
 * <p>{@code metg [--repetitions N] [--quick] [--json]} prints the four numbers of each system and
 * graph; the systems take turns. {@code run SYSTEM -type stencil_1d -width 2 -steps 1000 -iter 64}
 * prints what Task Bench's own scripts read.
 */
public final class TaskBench {
  /** The cores of all systems. */
  static final int CORES = 2;

  private TaskBench() {}

  /** Runs the mode that the first word names. */
  public static void main(String[] words) {
    String mode = words.length == 0 ? "metg" : words[0];
    List<String> options = List.of(words).subList(Math.min(1, words.length), words.length);
    switch (mode) {
      case "metg" -> metg(options, System.out);
      case "run" -> run(options, System.out);
      default ->
          throw new IllegalArgumentException("no mode \"" + mode + "\"; there are metg and run");
    }
  }

  private static void metg(List<String> options, PrintStream out) {
    boolean quick = options.contains("--quick");
    int repetitions = TaskBenchRun.number(options, "--repetitions", quick ? 3 : 7);
    List<Backend> backends = new ArrayList<>(List.of(fonio(), new FutureBackend(CORES)));
    OpenMpTwin.compile(twin(), CORES).ifPresent(backends::add);
    try {
      for (Graph graph : graphs(quick)) {
        MetgTable table = MetgTable.measure(backends, graph, CORES, repetitions, quick);
        if (options.contains("--json")) {
          table.printJson(out);
        } else {
          table.print(out);
        }
      }
    } finally {
      backends.forEach(Backend::close);
    }
  }

  private static List<Graph> graphs(boolean quick) {
    List<Graph> graphs = new ArrayList<>();
    for (Pattern pattern : List.of(Pattern.STENCIL_1D, Pattern.TRIVIAL)) {
      for (int width : new int[] {CORES, 4 * CORES}) {
        if (!quick || pattern == Pattern.STENCIL_1D) {
          graphs.add(Graph.of(pattern, 1000, width));
        }
      }
    }
    return graphs;
  }

  private static void run(List<String> options, PrintStream out) {
    String system = options.isEmpty() ? "nothing" : options.getFirst();
    Backend backend =
        switch (system) {
          case "fonio-threads" -> fonio();
          case "completablefuture" -> new FutureBackend(CORES);
          default ->
              throw new IllegalArgumentException(
                  "run needs a system, fonio-threads or completablefuture, got " + system);
        };
    try (backend) {
      TaskBenchRun.run(backend, options.subList(1, options.size()), out);
    }
  }

  private static Backend fonio() {
    return new FonioBackend(CORES);
  }

  private static Path twin() {
    String source = System.getenv("FONIO_BENCH_OPENMP");
    return Path.of(source == null ? "bench/taskbench/openmp/taskbench.c" : source);
  }
}
