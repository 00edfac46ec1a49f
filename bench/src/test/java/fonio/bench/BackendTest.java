package fonio.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendTest {

  @ParameterizedTest
  @EnumSource(Pattern.class)
  void everyPatternRunsWithItsInputsChecked(Pattern pattern) {
    try (Backend futures = new FutureBackend(2);
        Backend fonio = new FonioBackend(2)) {
      assertThat(futures.run(Graph.of(pattern, 20, 9), new Work(1, 32))).isPositive();
      assertThat(fonio.run(Graph.of(pattern, 20, 9), new Work(1, 32))).isPositive();
    }
  }

  @Test
  void theReferenceIsAValueForEachCallOnEachThread() {
    assertThat(DoubleStream.of(Reference.kernelNanos(2)).filter(nanos -> nanos > 0)).hasSize(80);
  }

  @Test
  void theTwinRunsTheSameGraphAndGivesItsOwnReference() {
    Optional<OpenMpTwin> compiled =
        OpenMpTwin.compile(Path.of("taskbench", "openmp", "taskbench.c"), 2);
    assumeThat(compiled).as("a C compiler with OpenMP").isPresent();
    try (OpenMpTwin twin = compiled.orElseThrow()) {
      assertThat(twin.run(Graph.of(Pattern.STENCIL_1D, 100, 8), new Work(1, 32))).isPositive();
      assertThat(DoubleStream.of(twin.kernelNanos()).filter(nanos -> nanos > 0)).hasSize(80);
      assertThatThrownBy(() -> twin.run(Graph.of(Pattern.FFT, 100, 8), new Work(1, 32)))
          .hasMessageContaining("exit code 2");
    }
  }

  @Test
  void swappedInputsAreFoundByTheTaskThatGetsThem() {
    Work work = new Work(0, 16);
    long[] left = work.execute(0, 0, new int[0], new Object[0]);
    long[] right = work.execute(0, 1, new int[0], new Object[0]);

    assertThat(work.execute(1, 0, new int[] {0, 1}, new Object[] {left, right}))
        .containsExactly(1, 0);
    assertThatThrownBy(() -> work.execute(1, 0, new int[] {0, 1}, new Object[] {right, left}))
        .hasMessageContaining("got the output of (0, 1) instead of (0, 0)");
    assertThatThrownBy(() -> work.execute(2, 0, new int[] {0}, new Object[] {left}))
        .hasMessageContaining("instead of (1, 0)");
  }
}
