package fonio.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final int CORES = 2;
  private static final Graph STENCIL = Graph.of(Pattern.STENCIL_1D, 1000, 8);

  @Test
  void theFourNumbersOfAConstantOverheadAreTheOverheadAndItsMultiples() {
    Sweep sweep = Sweep.warm(new Simulated("steady", 3), STENCIL, CORES, false);
    for (int i = 0; i < 7; i++) {
      sweep.repeat();
    }

    FourNumbers found = FourNumbers.of(sweep, CORES);

    assertThat(found.half().orElseThrow().value()).isCloseTo(6e-6, within(0.1e-6));
    assertThat(found.ninetyFive().orElseThrow().value()).isCloseTo(60e-6, within(5e-6));
    assertThat(found.floor().value()).isCloseTo(3e-6, within(1e-9));
    assertThat(found.serial().value()).isCloseTo(1.5e-6, within(1e-9));
    assertThat(found.named().get("rate").value()).isCloseTo(1 / 1.5e-6, within(1e3));
    assertThat(found.half().orElseThrow().low()).isEqualTo(found.half().orElseThrow().high());
  }

  @Test
  void oneSlowRepetitionOfSevenDoesNotMoveTheMedian() {
    Simulated system = new Simulated("disturbed", 3);
    Sweep sweep = Sweep.warm(system, STENCIL, CORES, false);
    for (int i = 0; i < 7; i++) {
      system.overheadMicros = i == 4 ? 300 : 3;
      sweep.repeat();
    }

    Bootstrap.Interval half = FourNumbers.of(sweep, CORES).half().orElseThrow();

    assertThat(half.value()).isCloseTo(6e-6, within(0.1e-6));
    assertThat(half.high()).isCloseTo(6e-6, within(0.1e-6));
  }

  @Test
  void aGranularityThatTheGridDoesNotReachHasNoNumberButTheFloorHas() {
    Sweep sweep = Sweep.warm(new Simulated("slow", 1000), STENCIL, CORES, true);
    sweep.repeat();

    assertThat(FourNumbers.of(sweep, CORES).named()).doesNotContainKeys("us", "95_us");
    assertThat(FourNumbers.of(sweep, CORES).floor().value()).isCloseTo(1e-3, within(1e-9));
  }

  @Test
  void theSystemsTakeTurnsAndEachRepetitionBeginsWithAnother() {
    List<String> order = new ArrayList<>();
    Simulated own = new Simulated("fonio-threads", 2).noting(order);
    Simulated twin = new Simulated("openmp", 4).noting(order);

    MetgTable table = MetgTable.measure(List.of(own, twin), STENCIL, CORES, 3, true);

    assertThat(order.subList(2, order.size()))
        .containsExactly(
            "fonio-threads", "openmp", "openmp", "fonio-threads", "fonio-threads", "openmp");
    assertThat(table.systems().get("fonio-threads").get("against_openmp").value())
        .isCloseTo(0.5, within(0.02));
  }

  @Test
  void everyNumberIsALineForMachinesAndAMissingOneIsNamedForPeople() {
    MetgTable table =
        MetgTable.measure(List.of(new Simulated("slow", 1000)), STENCIL, CORES, 3, true);

    assertThat(printed(table::printJson))
        .hasSize(3)
        .first()
        .isEqualTo(
            "{\"system\": \"slow\", \"metric\": \"stencil8_floor_us\","
                + " \"value\": 1000.00, \"low\": 1000.00, \"high\": 1000.00}");
    assertThat(printed(table::print)).filteredOn(line -> line.endsWith("not reached")).hasSize(2);
  }

  private static List<String> printed(Consumer<PrintStream> print) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    print.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try (Stream<String> lines = bytes.toString(StandardCharsets.UTF_8).lines()) {
      return lines.toList();
    }
  }

  /** A system whose tasks cost their kernel, a nanosecond an iteration, and a fixed overhead. */
  private static final class Simulated implements Backend {
    private final String name;
    private double overheadMicros;
    private List<String> order = new ArrayList<>();

    private Simulated(String name, double overheadMicros) {
      this.name = name;
      this.overheadMicros = overheadMicros;
    }

    private Simulated noting(List<String> everyReference) {
      order = everyReference;
      return this;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public double run(Graph graph, Work work) {
      return (work.iterations() * 1e-9 + overheadMicros * 1e-6) * graph.tasks() / CORES;
    }

    @Override
    public double[] kernelNanos() {
      order.add(name);
      return new double[] {1, 1, 5, 9};
    }

    @Override
    public void close() {}
  }
}
