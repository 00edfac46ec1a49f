package fonio.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace(10, 100, 0);

  @Test
  void groupsBeginAtMostOnceInTheDelay() {
    assertThat(pace.waitNanos(0)).isZero();
    pace.began(5);
    assertThat(pace.waitNanos(5)).isEqualTo(10);
    assertThat(pace.waitNanos(15)).isZero();
  }

  @Test
  void waitDoublesWithEachFailureToABoundAndBeginsAnewAfterASuccess() {
    for (long expected : new long[] {100, 200, 400, 800, 1600, 3200, 3200, 3200}) {
      pace.failed(0);
      assertThat(pace.waitNanos(0)).isEqualTo(expected);
    }
    pace.succeeded();
    pace.failed(0);
    assertThat(pace.waitNanos(0)).isEqualTo(100);
    pace.hurry(7);
    assertThat(pace.waitNanos(7)).isZero();
  }
}
