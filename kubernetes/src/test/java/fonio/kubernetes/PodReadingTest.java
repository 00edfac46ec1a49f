package fonio.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.providers.JobState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodReadingTest {
  private static Sight of(String yaml) {
    return PodReading.of(
        new PodBuilder()
            .withStatus(Serialization.unmarshal("---\n" + yaml, PodStatus.class))
            .build());
  }

  private static String container(String state) {
    return "{phase: %s, containerStatuses: [{name: manager, state: {%s}}]}".formatted("%s", state);
  }

  @Test
  void podWithoutAStatusIsPending() {
    assertThat(PodReading.of(new Pod())).isEqualTo(Sight.of(JobState.PENDING, ""));
  }

  @Test
  void podThatFindsNoRoomWaitsInTheSchedulersWords() {
    Sight seen =
        of(
            "{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable,"
                + " message: '0/3 nodes are available: 3 Insufficient cpu.'}]}");
    assertThat(seen.state()).isEqualTo(JobState.PENDING);
    assertThat(seen.stuck()).isFalse();
    assertThat(seen.reason())
        .isEqualTo("Unschedulable: 0/3 nodes are available: 3 Insufficient cpu.");
  }

  @ParameterizedTest
  @CsvSource({
    "ErrImagePull, pull access denied",
    "ImagePullBackOff, Back-off pulling image",
    "CreateContainerConfigError, secret \"x\" not found",
    "InvalidImageName, couldn't parse image name"
  })
  void podWhoseContainerCannotStartIsStuck(String reason, String message) {
    Sight seen =
        of(
            container(
                    "waiting: {reason: %s, message: '%s'}"
                        .formatted(reason, message.replace("'", "''")))
                .formatted("Pending"));
    assertThat(seen).isEqualTo(Sight.stuck(reason + ": " + message));
  }

  @Test
  void containerThatIsBeingMadeIsNoReason() {
    assertThat(of(container("waiting: {reason: ContainerCreating}").formatted("Pending")))
        .isEqualTo(Sight.of(JobState.PENDING, ""));
  }

  @Test
  void podThatRunsRuns() {
    assertThat(of(container("running: {}").formatted("Running")))
        .isEqualTo(Sight.of(JobState.RUNNING, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "Succeeded, 0, Completed, COMPLETED, ''",
    "Running, 0, Completed, COMPLETED, ''",
    "Failed, 3, Error, FAILED, ''",
    "Running, 1, Error, FAILED, ''",
    "Failed, 137, OOMKilled, FAILED, OOMKilled",
    "Failed, 128, StartError, FAILED, StartError",
  })
  void endHasItsExitCodeAndWhatTheCodeDoesNotSay(
      String phase, int code, String word, JobState state, String reason) {
    Sight seen =
        of(
            container("terminated: {exitCode: %d, reason: %s}".formatted(code, word))
                .formatted(phase));
    assertThat(seen).isEqualTo(new Sight(state, reason, false, OptionalInt.of(code)));
  }

  @Test
  void podThatItsNodeThrewOutSaysWhy() {
    Sight seen = of("{phase: Failed, reason: Evicted, message: 'low on resource: memory.'}");
    assertThat(seen.state()).isEqualTo(JobState.FAILED);
    assertThat(seen.reason()).isEqualTo("Evicted: low on resource: memory.");
  }

  @Test
  void podThatIsEndedByItsDeadlineHasTimedOut() {
    assertThat(of("{phase: Failed, reason: DeadlineExceeded}").state()).isEqualTo(JobState.TIMEOUT);
  }

  @Test
  void podWhoseNodeIsSilentIsUnknown() {
    assertThat(of("{phase: Unknown}").state()).isEqualTo(JobState.UNKNOWN);
  }
}
