package fonio.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final double[] SEEN = {10, 11, 12, 13, 14, 15, 96};

  @Test
  void theIntervalHoldsTheStatisticAndNotTheOutlier() {
    Bootstrap.Interval found = Bootstrap.of(SEEN.length, medianOf(SEEN)).orElseThrow();

    assertThat(found.value()).isEqualTo(13);
    assertThat(found.low()).isEqualTo(11);
    assertThat(found.high()).isEqualTo(15);
  }

  @Test
  void theIntervalIsTheSameInEveryRun() {
    assertThat(Bootstrap.of(SEEN.length, medianOf(SEEN)))
        .isEqualTo(Bootstrap.of(SEEN.length, medianOf(SEEN)));
  }

  @Test
  void aStatisticThatOftenHasNoAnswerHasNoInterval() {
    assertThat(
            Bootstrap.of(
                7,
                drawn ->
                    Arrays.stream(drawn).anyMatch(r -> r == 0)
                        ? OptionalDouble.of(1)
                        : OptionalDouble.empty()))
        .isEmpty();
  }

  @Test
  void turningATimeIntoARateTurnsTheIntervalRound() {
    assertThat(new Bootstrap.Interval(2, 1, 4).inverse())
        .isEqualTo(new Bootstrap.Interval(0.5, 0.25, 1));
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertThat(Bootstrap.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
  }

  private static Function<int[], OptionalDouble> medianOf(double[] seen) {
    return drawn ->
        OptionalDouble.of(
            Bootstrap.median(Arrays.stream(drawn).mapToDouble(r -> seen[r]).toArray()));
  }
}
