package fonio.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendTest {

  @ParameterizedTest
  @EnumSource(Pattern.class)
  void everyPatternRunsWithItsInputsChecked(Pattern pattern) {
    try (Backend backend = new FutureBackend(2)) {
      assertThat(backend.run(Graph.of(pattern, 20, 9), new Work(1, 32))).isPositive();
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
