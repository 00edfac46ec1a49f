package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FailingHostsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final List<String> ALL = List.of("bad", "good", "good");

  private final FailingHosts hosts = new FailingHosts();

  private boolean loses(String host, long seconds) {
    return hosts.lost(host, "signal 9", ALL, seconds * SECOND) != null;
  }

  @Test
  void twoLossesInARowAreTheHostsFault() {
    assertThat(loses("bad", 0)).isFalse();
    assertThat(loses("bad", 1)).isTrue();
    assertThat(hosts.avoided("bad"))
        .isEqualTo(
            "avoided for 10 s, as 2 tasks in a row were lost on bad and none on others; the last: signal 9");
    assertThat(hosts.avoided("good")).isNull();
    assertThat(loses("bad", 2)).isFalse();
  }

  @Test
  void aTaskThatIsDoneClearsItsHost() {
    loses("bad", 0);
    assertThat(hosts.done("bad")).isFalse();
    assertThat(hosts.isEmpty()).isTrue();
    assertThat(loses("bad", 1)).isFalse();
    assertThat(loses("bad", 1)).isTrue();
    assertThat(hosts.done("bad")).isTrue();
    assertThat(hosts.avoided("bad")).isNull();
  }

  @Test
  void tasksThatAreLostEverywhereAreNotTheHostsFault() {
    loses("good", 0);
    loses("bad", 0);
    assertThat(loses("bad", 1)).isFalse();
    assertThat(loses("good", 1)).isFalse();
    hosts.done("good");
    assertThat(loses("bad", 2)).isTrue();
  }

  @Test
  void theOnlyHostIsNeverAvoided() {
    for (int i = 0; i < 9; i++) {
      assertThat(hosts.lost("bad", "signal 9", List.of("bad", "bad"), i)).isNull();
    }
  }

  @Test
  void aHostIsTriedAgainAndThenAvoidedForTwiceAsLong() {
    loses("bad", 0);
    loses("bad", 0);
    assertThat(hosts.retried(9 * SECOND)).isEmpty();
    assertThat(hosts.retried(10 * SECOND)).containsExactly("bad");
    assertThat(hosts.retried(10 * SECOND)).isEmpty();
    assertThat(hosts.avoided("bad")).isNull();
    assertThat(loses("bad", 11)).isTrue();
    assertThat(hosts.avoided("bad")).startsWith("avoided for 20 s");
    assertThat(hosts.retried(30 * SECOND)).isEmpty();
    assertThat(hosts.retried(31 * SECOND)).containsExactly("bad");
  }

  @Test
  void theTimeHasAnEnd() {
    loses("bad", 0);
    long now = 0;
    for (int i = 0; i < 20; i++) {
      loses("bad", now);
      now += 10_000;
      assertThat(hosts.retried(now * SECOND)).containsExactly("bad");
    }
    loses("bad", now);
    assertThat(hosts.avoided("bad")).startsWith("avoided for 640 s");
  }
}
