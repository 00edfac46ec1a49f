package fonio.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** One run of one graph, printed in the form that Task Bench's own scripts read. */
final class TaskBenchRun {

  private TaskBenchRun() {}

  static void run(Backend backend, List<String> words, PrintStream out) {
    Graph graph = graph(words);
    Work work = new Work(number(words, "-iter", 0), number(words, "-output", 16));
    backend.run(graph, work);
    print(graph, work, backend.run(graph, work), out);
  }

  static void print(Graph graph, Work work, double seconds, PrintStream out) {
    long tasks = graph.tasks();
    long flops = tasks * (128L * work.iterations() + 64);
    out.printf(
        Locale.ROOT,
        """
        Running Task Benchmark
          Configuration:
            Task Graph 1:
              Time Steps: %d
              Max Width: %d
              Dependence Type: %s
              Radix: %d
              Period: %d
              Fraction Connected: %.6f
              Kernel:
                Type: compute_bound
                Iterations: %d
                Samples: 16
                Imbalance: 0.000000
              Output Bytes: %d
              Scratch Bytes: 0
        Total Tasks %d
        Total Dependencies %d
          Unable to estimate local/nonlocal dependencies
        Total FLOPs %d
        Total Bytes 0
        Elapsed Time %e seconds
        FLOP/s %e
        B/s %e
        Transfer (estimated):
          Unable to estimate local/nonlocal transfer
        """,
        graph.steps(),
        graph.width(),
        graph.pattern().word(),
        graph.radix(),
        graph.period(),
        graph.fraction(),
        work.iterations(),
        work.outputBytes(),
        tasks,
        graph.dependencies(),
        flops,
        seconds,
        flops / seconds,
        0.0);
  }

  private static Graph graph(List<String> words) {
    int at = words.indexOf("-type");
    Pattern pattern = Pattern.of(at < 0 ? "trivial" : words.get(at + 1));
    int fraction = words.indexOf("-fraction");
    return new Graph(
        pattern,
        number(words, "-steps", 4),
        number(words, "-width", 4),
        number(words, "-radix", 3),
        number(words, "-period", pattern.hasPeriod() ? 3 : 0),
        fraction < 0 ? 0.25 : Double.parseDouble(words.get(fraction + 1)),
        0);
  }

  static int number(List<String> words, String name, int otherwise) {
    int at = words.indexOf(name);
    if (at < 0) {
      return otherwise;
    }
    String text = at + 1 < words.size() ? words.get(at + 1) : "nothing";
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " needs a whole number, got " + text, e);
    }
  }
}
