package fonio.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.providers.JobState;
import fonio.providers.JobStatus;
import fonio.providers.Latest;
import fonio.providers.Provider;
import fonio.providers.ProviderException;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PodProviderTest {
  private static final String LIST = "GET /api/v1/namespaces/default/pods?labelSelector=";
  private static final String RUNNING =
      "{phase: Running, containerStatuses: [{name: manager, state: {running: {}}}]}";
  private static final String STUCK =
      "{phase: Pending, containerStatuses: [{name: manager, state: {waiting: {reason:"
          + " ImagePullBackOff, message: Back-off pulling image}}}]}";

  @TempDir Path folder = Path.of("unset");
  private FakeCluster cluster;
  private Provider provider;

  @BeforeEach
  void open() {
    cluster = FakeCluster.in(folder);
    provider = cluster.provider(Map.of());
  }

  @AfterEach
  void close() {
    provider.close();
    cluster.close();
  }

  private static String ended(int code) {
    return ("{phase: %s, containerStatuses: [{name: manager, state: {terminated: {exitCode: %d,"
            + " reason: Error}}}]}")
        .formatted(code == 0 ? "Succeeded" : "Failed", code);
  }

  private JobStatus status(String job) {
    return provider.status(List.of(job)).get(job);
  }

  @Test
  void blockIsAPodForEachNodeAndTheyReadOneSecret() {
    String job = provider.submit(cluster.order("0", 2));
    provider.submit(cluster.order("1", 1));
    assertThat(job).isEqualTo("fonio-0123456789-h-0");
    assertThat(cluster.pods())
        .containsExactlyInAnyOrder(job + "-0", job + "-1", FakeCluster.pod("1"));
    List<Secret> secrets = cluster.admin.secrets().inNamespace("default").list().getItems();
    assertThat(secrets).hasSize(1);
    assertThat(secrets.getFirst().getData()).containsEntry("token", "aHVzaAo=");
    assertThat(secrets.getFirst().getMetadata().getLabels())
        .containsEntry("fonio-run", FakeCluster.RUN);
  }

  @Test
  void namespaceIsTheProvidersAndNotTheContexts() {
    provider.submit(cluster.order("0", 1));
    assertThat(cluster.admin.pods().inNamespace("elsewhere").list().getItems()).isEmpty();
  }

  @Test
  void statusOfAllBlocksIsOneCall() {
    List<String> jobs =
        List.of(
            provider.submit(cluster.order("0", 1)),
            provider.submit(cluster.order("1", 2)),
            provider.submit(cluster.order("2", 1)));
    cluster.become(FakeCluster.pod("0"), RUNNING);
    cluster.asked();
    Map<String, JobStatus> statuses = provider.status(jobs);
    assertThat(cluster.asked()).singleElement().asString().startsWith(LIST);
    assertThat(jobs.stream().map(job -> statuses.get(job).state()))
        .containsExactly(JobState.RUNNING, JobState.PENDING, JobState.PENDING);
  }

  @Test
  void podThatFailedTellsItsLastWordsAndIsDeleted() throws IOException {
    String job = provider.submit(cluster.order("0", 1));
    cluster.become(FakeCluster.pod("0"), ended(127));
    cluster.say(FakeCluster.pod("0"), "bash: python3: command not found\n");
    JobStatus status = status(job);
    assertThat(status.state()).isEqualTo(JobState.FAILED);
    assertThat(status.exitCode()).hasValue(127);
    assertThat(status.stderrTail()).contains("python3: command not found");
    assertThat(cluster.pods()).isEmpty();
    assertThat(status(job)).isEqualTo(status);
    assertThat(Files.readString(folder.resolve("blocks/fonio.h.block-0.err")))
        .contains("command not found");
  }

  @Test
  void podThatIsStuckShowsWhyAndFailsAfterAMinute() {
    String job = provider.submit(cluster.order("0", 1));
    cluster.become(FakeCluster.pod("0"), STUCK);
    assertThat(status(job).state()).isEqualTo(JobState.PENDING);
    assertThat(status(job).reason()).isEqualTo("ImagePullBackOff: Back-off pulling image");
    cluster.nanoClock.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(status(job).state()).isEqualTo(JobState.FAILED);
    assertThat(status(job).reason()).isEqualTo("ImagePullBackOff: Back-off pulling image");
    assertThat(cluster.pods()).isEmpty();
  }

  @Test
  void podThatSomebodyDeletedIsMissing() {
    String job = provider.submit(cluster.order("0", 1));
    cluster.admin.pods().inNamespace("default").withName(FakeCluster.pod("0")).delete();
    assertThat(status(job).state()).isEqualTo(JobState.MISSING);
  }

  @Test
  void cancelledBlockIsCancelledAndTheOthersStay() {
    String job = provider.submit(cluster.order("0", 2));
    provider.submit(cluster.order("1", 1));
    provider.cancel(List.of(job));
    assertThat(cluster.pods()).containsExactly(FakeCluster.pod("1"));
    assertThat(status(job).state()).isEqualTo(JobState.CANCELLED);
    provider.cancel(List.of(job));
  }

  @Test
  void ofBlocksThatHaveEndedOnlyTheLatestEndsAreKept() {
    List<String> jobs =
        IntStream.range(0, 40)
            .mapToObj(block -> provider.submit(cluster.order("" + block, 1)))
            .toList();
    provider.cancel(jobs);
    assertThat(provider.status(jobs).values())
        .extracting(JobStatus::state)
        .containsOnly(JobState.CANCELLED);
    assertThat(((PodProvider) provider).kept()).isEqualTo(Latest.ENDS);
    assertThat(status(jobs.getLast()).state()).isEqualTo(JobState.CANCELLED);
    assertThat(status(jobs.getFirst()).state()).isEqualTo(JobState.MISSING);
  }

  @Test
  void blockThatCannotBeCancelledKeepsNoOtherFromIt() {
    List<String> jobs =
        List.of(provider.submit(cluster.order("0", 1)), provider.submit(cluster.order("1", 1)));
    cluster
        .server
        .expect()
        .delete()
        .withPath("/api/v1/namespaces/default/pods/" + FakeCluster.pod("0"))
        .andReturn(403, new StatusBuilder().withCode(403).withMessage("not this one").build())
        .once();
    assertThatThrownBy(() -> provider.cancel(jobs)).hasMessageContaining("not this one");
    assertThat(cluster.pods()).containsExactly(FakeCluster.pod("0"));
    assertThat(status(jobs.getFirst()).state()).isEqualTo(JobState.PENDING);
  }

  @Test
  void allThatIsAskedOfTheServerIsInTheRoleOfTheDocumentation() {
    String job = provider.submit(cluster.order("0", 1));
    cluster.become(FakeCluster.pod("0"), ended(1));
    cluster.say(FakeCluster.pod("0"), "no");
    cluster.asked();
    status(job);
    provider.cancel(List.of(provider.submit(cluster.order("1", 1))));
    provider.close();
    assertThat(
            cluster.asked().stream()
                .map(asked -> asked.replaceAll("\\?.*|/api/v1/namespaces/default", ""))
                .map(asked -> asked.replaceAll("fonio-[a-z0-9-]+", "NAME"))
                .distinct())
        .containsExactlyInAnyOrder(
            "GET /pods",
            "GET /pods/NAME/log",
            "POST /pods",
            "DELETE /pods/NAME",
            "DELETE /secrets/NAME");
  }

  @Test
  void errorOfTheServerSaysNothingOfThePods() {
    String job = provider.submit(cluster.order("0", 1));
    cluster
        .server
        .expect()
        .get()
        .withPath(
            "/api/v1/namespaces/default/pods?labelSelector=fonio-executor%3Dh%2Cfonio-run%3D"
                + FakeCluster.RUN)
        .andReturn(403, new StatusBuilder().withCode(403).withMessage("not now").build())
        .times(2);
    cluster.log.clear();
    JobStatus status = status(job);
    assertThat(status.state()).isEqualTo(JobState.UNKNOWN);
    assertThat(status.reason()).contains("not now", "list pods");
    assertThat(status(job)).isEqualTo(status);
    assertThat(cluster.log).containsExactly(status.reason());
    assertThat(status(job).state()).isEqualTo(JobState.PENDING);
  }

  @Test
  void nothingIsLeftWhenItIsClosed() {
    provider.submit(cluster.order("0", 2));
    provider.close();
    assertThat(cluster.pods()).isEmpty();
    assertThat(cluster.admin.secrets().inNamespace("default").list().getItems()).isEmpty();
  }

  @Test
  void podsOfOtherRunsStay() {
    provider.submit(cluster.order("0", 1));
    Provider other = cluster.provider(Map.of());
    other.submit(cluster.order("abcdefghij", "0", 1));
    assertThat(cluster.pods()).hasSize(2);
    other.close();
    assertThat(cluster.pods()).containsExactly(FakeCluster.pod("0"));
  }

  @Test
  void podsOfABlockThatIsNotWholeAreDeleted() {
    cluster
        .server
        .expect()
        .post()
        .withPath("/api/v1/namespaces/default/pods")
        .andReturn(403, new StatusBuilder().withCode(403).withMessage("exceeded quota: x").build())
        .once();
    assertThatThrownBy(() -> provider.submit(cluster.order("0", 2)))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("exceeded quota: x");
    assertThat(cluster.pods()).isEmpty();
    provider.submit(cluster.order("1", 2));
    assertThat(cluster.pods()).hasSize(2);
  }

  @Test
  void podThatIsThereIsTheAnswerToATryThatWasLost() {
    provider.submit(cluster.order("0", 1));
    assertThat(provider.submit(cluster.order("0", 1))).isEqualTo("fonio-0123456789-h-0");
    assertThat(cluster.pods()).hasSize(1);
  }
}
