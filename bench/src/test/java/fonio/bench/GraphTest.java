package fonio.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphTest {

  @ParameterizedTest
  @CsvSource({
    "TRIVIAL, 80, 0",
    "NO_COMM, 80, 72",
    "STENCIL_1D, 80, 198",
    "STENCIL_1D_PERIODIC, 80, 216",
    "DOM, 30, 47",
    "TREE, 63, 62",
    "FFT, 80, 174",
    "ALL_TO_ALL, 80, 576",
    "NEAREST, 80, 198",
    "SPREAD, 80, 216"
  })
  void eachPatternHasAsManyTasksAndEdgesAsTaskBench(Pattern pattern, long tasks, long edges) {
    Graph graph = Graph.of(pattern, 10, 8);

    assertThat(graph.tasks()).isEqualTo(tasks);
    assertThat(graph.dependencies()).isEqualTo(edges);
  }

  @Test
  void radixAndPeriodChangeTheEdgesAsInTaskBench() {
    Graph nearest = Graph.of(Pattern.NEAREST, 10, 8);
    Graph random = Graph.of(Pattern.RANDOM_NEAREST, 10, 8).withRadix(5);

    assertThat(nearest.withRadix(0).dependencies()).isZero();
    assertThat(nearest.withRadix(5).dependencies()).isEqualTo(306);
    assertThat(Graph.of(Pattern.SPREAD, 10, 8).withPeriod(2).withRadix(5).dependencies())
        .isEqualTo(360);
    assertThat(random.dependencies()).isEqualTo(126);
    assertThat(random.withFraction(0.5).withPeriod(4).dependencies()).isEqualTo(204);
    assertThat(Graph.of(Pattern.STENCIL_1D, 1000, 2).dependencies()).isEqualTo(3996);
  }

  @Test
  void randomNearestReadsTheColumnsThatTaskBenchReads() {
    Graph graph = Graph.of(Pattern.RANDOM_NEAREST, 10, 8).withRadix(5);

    assertThat(IntStream.range(0, 8).mapToObj(p -> graph.inputs(1, p)))
        .containsExactly(
            ints(0), ints(1, 3), ints(2), ints(1, 3), ints(4), ints(5), ints(4, 6), ints(6, 7));
    assertThat(IntStream.range(0, 8).mapToObj(p -> graph.inputs(2, p)))
        .containsExactly(
            ints(0, 2),
            ints(1),
            ints(1, 2, 3),
            ints(3),
            ints(4),
            ints(5, 7),
            ints(6, 7),
            ints(5, 7));
  }

  @Test
  void uniformNumbersAreThoseOfTaskBenchToTheLastBit() {
    assertThat(SipHash.uniform(0, 5, 0, 1, 2)).isEqualTo(0.5132043814647549);
    assertThat(SipHash.uniform(0, 5, 1, 1, 2)).isEqualTo(0.37179359454023453);
    assertThat(IntStream.range(0, 4).mapToObj(p -> SipHash.uniform(0, 1, p)))
        .containsExactly(
            0.6959187376176827, 0.24949172196786262, 0.4801060901149908, 0.5389873222686367);
  }

  @Test
  void shapesThatDoNotExistAreRefusedWithTheValue() {
    assertThatThrownBy(() -> Graph.of(Pattern.STENCIL_1D_PERIODIC, 10, 2))
        .hasMessageContaining("width > 2, got 2");
    assertThatThrownBy(() -> Graph.of(Pattern.SPREAD, 10, 8).withRadix(5))
        .hasMessageContaining("at most 2, got 3");
    assertThatThrownBy(() -> Graph.of(Pattern.STENCIL_1D, 10, 0))
        .hasMessageContaining("got 10 and 0");
    assertThatThrownBy(() -> Pattern.of("star")).hasMessageContaining("\"star\"");
  }

  private static int[] ints(int... values) {
    return values;
  }
}
