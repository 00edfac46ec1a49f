package fonio.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.providers.JobState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BlockReadingTest {
  private static final List<String> TWO = List.of("b-0", "b-1");

  private static Sight ended(int code) {
    JobState state = code == 0 ? JobState.COMPLETED : JobState.FAILED;
    return new Sight(state, "", false, OptionalInt.of(code));
  }

  @Test
  void blockGoesOnWhileOneOfItsPodsDoes() {
    Sight seen =
        BlockReading.of(TWO, Map.of("b-0", ended(1), "b-1", Sight.of(JobState.RUNNING, "")));
    assertThat(seen.state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void blockWaitsForPodsInTheirNames() {
    Sight seen =
        BlockReading.of(
            TWO,
            Map.of(
                "b-0", Sight.of(JobState.PENDING, ""),
                "b-1", Sight.of(JobState.PENDING, "Unschedulable: no room")));
    assertThat(seen.state()).isEqualTo(JobState.PENDING);
    assertThat(seen.reason()).isEqualTo("b-1: Unschedulable: no room");
  }

  @Test
  void blockEndsWellOnlyIfAllPodsDo() {
    assertThat(BlockReading.of(TWO, Map.of("b-0", ended(0), "b-1", ended(0))).state())
        .isEqualTo(JobState.COMPLETED);
    Sight seen = BlockReading.of(TWO, Map.of("b-0", ended(0), "b-1", ended(7)));
    assertThat(seen.state()).isEqualTo(JobState.FAILED);
    assertThat(seen.exitCode()).hasValue(7);
  }

  @Test
  void blockWithoutPodsIsMissing() {
    Sight seen = BlockReading.of(TWO, Map.of("b-0", ended(0)));
    assertThat(seen.state()).isEqualTo(JobState.MISSING);
    assertThat(seen.reason()).contains("b-1: the cluster does not know it");
  }

  @Test
  void podThatIsStuckFailsWhenPatienceEnds() {
    Patience patience = new Patience(Duration.ofNanos(10));
    Sight stuck = Sight.stuck("ErrImagePull");
    assertThat(patience.judge("p", stuck, 100).state()).isEqualTo(JobState.PENDING);
    assertThat(patience.judge("p", stuck, 109).state()).isEqualTo(JobState.PENDING);
    assertThat(patience.judge("p", stuck, 110).state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void podThatCameUnstuckHasAllPatienceAgain() {
    Patience patience = new Patience(Duration.ofNanos(10));
    Sight stuck = Sight.stuck("ErrImagePull");
    patience.judge("p", stuck, 100);
    patience.judge("p", Sight.of(JobState.PENDING, ""), 105);
    assertThat(patience.judge("p", stuck, 110).state()).isEqualTo(JobState.PENDING);
  }
}
