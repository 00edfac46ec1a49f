package fonio.memo;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.memo.Commits.Mode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitsTest {
  private static final long MILLI = 1_000_000;

  private static Commits commits(Mode mode) {
    return new Commits(mode, Duration.ofSeconds(8));
  }

  @Test
  void resultsOfTasksThatEndTogetherAreCommittedTogether() {
    Commits each = commits(Mode.EACH);
    assertThat(each.areDue(19 * MILLI)).isFalse();
    assertThat(each.areDue(20 * MILLI)).isTrue();
    assertThat(each.pollMillis(true)).isEqualTo(20);
    assertThat(each.pollMillis(false)).isGreaterThan(1000);
  }

  @Test
  void aPeriodIsKeptToAQuarter() {
    Commits periodic = commits(Mode.PERIODIC);
    assertThat(periodic.areDue(7999 * MILLI)).isFalse();
    assertThat(periodic.areDue(8000 * MILLI)).isTrue();
    assertThat(periodic.pollMillis(true)).isEqualTo(2000);
  }

  @Test
  void atTheEndOrByHandNothingIsDue() {
    assertThat(commits(Mode.AT_END).areDue(Long.MAX_VALUE)).isFalse();
    assertThat(commits(Mode.MANUAL).areDue(Long.MAX_VALUE)).isFalse();
  }
}
