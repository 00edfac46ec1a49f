package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.Kind;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Heartbeats, by a clock that the test moves. */
class SilenceTest {
  private Star star;
  private ScriptedManager silent;
  private ScriptedManager other;

  @BeforeEach
  void start() throws IOException {
    star = new Star();
    silent = star.join("silent", "1", 1, 3);
    other = star.join("other", "2", 1, 3);
    star.send(1, 0, 1, 2, 3);
    star.settle(silent, other);
    silent.take();
  }

  @AfterEach
  void close() {
    star.close();
  }

  private void passWhileTheOtherSpeaks(int seconds) {
    for (int second = 0; second < seconds; second++) {
      star.pass(Duration.ofSeconds(1));
      other.say(Kind.BEAT, 0);
      star.settle(other);
    }
  }

  @Test
  void silentManagerIsLostAfterItsTimeAndNoOther() {
    passWhileTheOtherSpeaks(15);
    assertThat(star.told.take()).isEmpty();
    assertThat(star.interchange.managers().count()).isEqualTo(2);
    passWhileTheOtherSpeaks(3);
    star.until("the connection ends", () -> silent.gone);
    assertThat(star.told.take())
        .hasSize(4)
        .startsWith("returned 3/0", "lost 2/0 by silent", "lost 1/0 by silent")
        .last()
        .asString()
        .matches("left silent: it was silent for 1[678]\\.\\d s");
    assertThat(other.take()).isEmpty();
    assertThat(star.interchange.managers().count()).isEqualTo(1);
  }

  @Test
  void anyWordCountsAsABeat() {
    for (int i = 0; i < 4; i++) {
      passWhileTheOtherSpeaks(10);
      star.settle(silent);
    }
    assertThat(star.told.take()).isEmpty();
    assertThat(star.interchange.managers().count()).isEqualTo(2);
  }

  @Test
  void interchangeSaysABeatWhenItHasSaidNothingForItsTime() {
    star.pass(Duration.ofSeconds(1));
    star.settle(silent, other);
    int before = silent.beats;
    star.pass(Duration.ofSeconds(4));
    assertThat(silent.beats).isEqualTo(before);
    star.pass(Duration.ofSeconds(4));
    star.until("a beat", () -> silent.beats > before);
    assertThat(silent.beats).isEqualTo(before + 1);
  }

  @Test
  void stallOfItsOwnIsBlamedOnNobody() {
    star.nowNanos += Duration.ofMinutes(10).toNanos();
    star.turn();
    assertThat(star.told.take())
        .containsExactly("said this process stood still for 600.0 s; no manager is blamed for it");
    passWhileTheOtherSpeaks(14);
    assertThat(star.told.take()).isEmpty();
    assertThat(star.interchange.managers().count()).isEqualTo(2);
    passWhileTheOtherSpeaks(4);
    assertThat(star.told.take()).anyMatch(line -> line.startsWith("left silent: it was silent"));
    assertThat(star.interchange.managers().count()).isEqualTo(1);
  }
}
