package fonio.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The four numbers of every system on one graph, and Fonio's METG over that of OpenMP. */
record MetgTable(String name, Map<String, Map<String, Bootstrap.Interval>> systems) {

  private static final String OWN = "fonio-threads";
  private static final String TWIN = "openmp";
  private static final String RATIO = "against_openmp";

  /**
   * Measures all systems: each is warmed up, then they take turns, and each repetition begins with
   * another one.
   */
  static MetgTable measure(
      List<Backend> backends, Graph graph, int cores, int repetitions, boolean quick) {
    List<Sweep> sweeps =
        backends.stream().map(backend -> Sweep.warm(backend, graph, cores, quick)).toList();
    for (int turn = 0; turn < repetitions; turn++) {
      for (int place = 0; place < sweeps.size(); place++) {
        sweeps.get((turn + place) % sweeps.size()).repeat();
      }
    }
    return of(graph, sweeps, cores);
  }

  private static MetgTable of(Graph graph, List<Sweep> sweeps, int cores) {
    Map<String, Map<String, Bootstrap.Interval>> systems = new LinkedHashMap<>();
    for (Sweep sweep : sweeps) {
      FourNumbers found = FourNumbers.of(sweep, cores);
      if (found.half().isEmpty()) {
        Metg.Point longest = sweep.points().getFirst();
        System.err.printf(
            Locale.ROOT,
            "%s, %s: no METG(50 %%): efficiency %.0f %% at %.0f us a task%n",
            sweep.system(),
            graph.name(),
            longest.efficiency() * 100,
            longest.granularity() * 1e6);
      }
      Map<String, Bootstrap.Interval> numbers = new LinkedHashMap<>(found.named());
      if (sweep.system().equals(OWN)) {
        named(TWIN, sweeps)
            .flatMap(twin -> FourNumbers.ratio(sweep, twin))
            .ifPresent(ratio -> numbers.put(RATIO, ratio));
      }
      systems.put(sweep.system(), numbers);
    }
    return new MetgTable(graph.name(), systems);
  }

  private static Optional<Sweep> named(String system, List<Sweep> sweeps) {
    return sweeps.stream().filter(sweep -> sweep.system().equals(system)).findAny();
  }

  /** A JSON object a line for each number that there is. */
  void printJson(PrintStream out) {
    systems.forEach((system, numbers) ->
        numbers.forEach((number, found) ->
            out.printf(
                Locale.ROOT,
                "{\"system\": \"%s\", \"metric\": \"%s_%s\","
                    + " \"value\": %.6g, \"low\": %.6g, \"high\": %.6g}%n",
                system,
                name,
                number,
                found.value(),
                found.low(),
                found.high())));
  }

  /** The same for people: a number a line, with the interval in which it lies. */
  void print(PrintStream out) {
    out.println(name);
    systems.forEach((system, numbers) ->
        FourNumbers.NAMES.forEach(number -> out.println(line(system, number, numbers))));
    Bootstrap.Interval ratio = systems.getOrDefault(OWN, Map.of()).get(RATIO);
    if (ratio != null) {
      out.println(line(OWN, RATIO, Map.of(RATIO, ratio)));
    }
  }

  private static String line(
      String system, String number, Map<String, Bootstrap.Interval> numbers) {
    Bootstrap.Interval found = numbers.get(number);
    String head = String.format(Locale.ROOT, "  %-18s %-15s ", system, number);
    if (found == null) {
      return head + "not reached";
    }
    return head
        + String.format(
            Locale.ROOT, "%,12.4g [%,.4g-%,.4g]", found.value(), found.low(), found.high());
  }
}
