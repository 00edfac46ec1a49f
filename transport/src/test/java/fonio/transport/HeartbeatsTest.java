package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
  private static final long SECOND = 1_000_000_000L;
  private final Heartbeats beats = new Heartbeats(Duration.ofSeconds(5), Duration.ofSeconds(15), 0);

  private void tickUntil(long from, long to) {
    for (long now = from; now <= to; now += SECOND) {
      assertThat(beats.tick(now)).isZero();
    }
  }

  @Test
  void whoIsSilentLongerThanTheDeadlineIsLate() {
    tickUntil(0, 15 * SECOND);
    assertThat(beats.isLate(0, 15 * SECOND)).isFalse();
    tickUntil(15 * SECOND, 16 * SECOND);
    assertThat(beats.isLate(0, 16 * SECOND)).isTrue();
    assertThat(beats.isLate(2 * SECOND, 16 * SECOND)).isFalse();
  }

  @Test
  void aStallOfOurOwnIsForgivenForAWholeDeadline() {
    tickUntil(0, 4 * SECOND);
    assertThat(beats.tick(64 * SECOND)).isEqualTo(60 * SECOND);
    assertThat(beats.isLate(4 * SECOND, 64 * SECOND)).isFalse();
    tickUntil(65 * SECOND, 79 * SECOND);
    assertThat(beats.isLate(4 * SECOND, 79 * SECOND)).isFalse();
    tickUntil(80 * SECOND, 80 * SECOND);
    assertThat(beats.isLate(4 * SECOND, 80 * SECOND)).isTrue();
  }

  @Test
  void aClockThatJumpsDeclaresNobodyDead() {
    tickUntil(0, 4 * SECOND);
    beats.tick(3_600 * SECOND);
    assertThat(beats.isLate(4 * SECOND, 3_600 * SECOND)).isFalse();
    beats.tick(4 * SECOND);
    assertThat(beats.isLate(3_600 * SECOND, 4 * SECOND)).isFalse();
    tickUntil(5 * SECOND, 19 * SECOND);
    assertThat(beats.isLate(4 * SECOND, 19 * SECOND)).isFalse();
  }

  @Test
  void whoSaidNothingForABeatMustSpeak() {
    assertThat(beats.mustSpeak(0, 4 * SECOND)).isFalse();
    assertThat(beats.mustSpeak(0, 5 * SECOND)).isTrue();
  }
}
