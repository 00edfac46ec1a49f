package fonio.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetgTest {
  private static final int CORES = 2;
  private static final long TASKS = 2000;

  @Test
  void aSystemWithConstantOverheadHasTwiceThatOverheadAsGranularity() {
    List<Metg.Point> sweep = List.of(point(4000, 3), point(3000, 3), point(2000, 3), point(0, 3));

    assertThat(Metg.at(0.5, sweep)).hasValueCloseTo(6e-6, within(1e-9));
    assertThat(Metg.floor(sweep)).isCloseTo(3e-6, within(1e-12));
  }

  @Test
  void theCrossingLiesBetweenTheTwoPointsAroundIt() {
    List<Metg.Point> sweep = List.of(new Metg.Point(8, 10e-6, 0.7), new Metg.Point(4, 8e-6, 0.3));

    assertThat(Metg.at(0.5, sweep)).hasValueCloseTo(9e-6, within(1e-12));
  }

  @Test
  void aSweepThatStaysOnOneSideHasNoAnswer() {
    assertThat(Metg.at(0.5, List.of(new Metg.Point(8, 10e-6, 0.4), new Metg.Point(4, 8e-6, 0.2))))
        .isEmpty();
    assertThat(Metg.at(0.5, List.of(new Metg.Point(8, 10e-6, 0.9), new Metg.Point(4, 8e-6, 0.8))))
        .isEmpty();
  }

  @Test
  void anEfficiencyThatCannotBeHasNoAnswer() {
    assertThat(Metg.at(0.5, List.of(new Metg.Point(8, 10e-6, 1.6), new Metg.Point(4, 8e-6, 0.2))))
        .isEmpty();
  }

  /**
   * A point of a system that adds this many microseconds of core time to a kernel of a nanosecond
   * an iteration.
   */
  private static Metg.Point point(int iterations, double overheadMicros) {
    double seconds = (iterations * 1e-9 + overheadMicros * 1e-6) * TASKS / CORES;
    return Metg.Point.of(iterations, seconds, TASKS, CORES, 1.0);
  }
}
