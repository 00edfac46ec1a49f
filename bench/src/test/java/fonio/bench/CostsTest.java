package fonio.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CostsTest {
  private static final Costs TRUE = new Costs(17e-6, 90e-9, 0.3e-9, 12e-6);

  private static Costs.Point point(int tasks, int bytes) {
    return new Costs.Point(tasks, bytes, TRUE.of(tasks, bytes));
  }

  @Test
  void threeFramesTellTheCostsThatTheyAreMadeOf() {
    Costs found = Costs.of(point(1, 64), point(100, 64), point(100, 1_088), 12e-6);
    assertThat(found.frame()).isCloseTo(17e-6, within(1e-12));
    assertThat(found.task()).isCloseTo(90e-9, within(1e-15));
    assertThat(found.payloadByte()).isCloseTo(0.3e-9, within(1e-17));
    assertThat(found.beat()).isEqualTo(12e-6);
  }

  @Test
  void framesThatDoNotDifferAsTheyMustAreRefused() {
    assertThatThrownBy(() -> Costs.of(point(1, 64), point(100, 64), point(100, 64), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("larger ones");
  }
}
