package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AccountTest {
  private long now = 1_000;
  private final Account account = new Account(now);

  AccountTest() {
    account.workers = 2;
  }

  @Test
  void onlyWorkersForWhichThereIsATaskAreOccupied() {
    assertThat(after(100)).isZero();
    runnable(1);
    assertThat(after(10)).isEqualTo(10);
    runnable(50);
    assertThat(after(100)).isEqualTo(10 + 200);
    runnable(2);
    assertThat(after(5)).isEqualTo(210 + 10);
    runnable(0);
    assertThat(after(1_000)).isEqualTo(220);
  }

  @Test
  void theClockIsReadOnlyWhenTheNumberOfOccupiedWorkersChanges() {
    runnable(7);
    account.runnable(
        9,
        () -> {
          throw new AssertionError("read");
        });
    assertThat(after(3)).isEqualTo(6);
  }

  private void runnable(long tasks) {
    account.runnable(tasks, () -> now);
  }

  private long after(long nanos) {
    now += nanos;
    return Long.parseLong(account.entries(now, 2, 0, 0, 0).get("occupied_ns"));
  }
}
