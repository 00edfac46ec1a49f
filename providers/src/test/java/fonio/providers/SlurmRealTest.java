package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.testkit.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the Slurm whose slurm.conf the variable {@code FONIO_SLURM_CONF} names. */
class SlurmRealTest {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();
  private final List<String> jobs = new ArrayList<>();
  private final Set<JobState> seen = EnumSet.noneOf(JobState.class);
  private Provider slurm;

  @BeforeEach
  void open() {
    if (System.getenv("FONIO_SLURM_CONF") == null) {
      System.err.println(
          "SKIPPED: SlurmRealTest needs a running Slurm; set FONIO_SLURM_CONF to its slurm.conf");
    }
    Assumptions.assumeTrue(System.getenv("FONIO_SLURM_CONF") != null, "no FONIO_SLURM_CONF");
    slurm = open(Map.of());
  }

  @AfterEach
  void cancelWhatIsLeft() {
    if (slurm != null) {
      slurm.cancel(jobs);
    }
  }

  private Provider open(Map<String, String> more) {
    return open("slurm", more);
  }

  private Provider open(String kind, Map<String, String> more) {
    Map<String, String> keys = new HashMap<>(Map.of("walltime", "00:05:00"));
    keys.putAll(more);
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("SLURM_CONF", System.getenv("FONIO_SLURM_CONF"));
    return Providers.open(new ProviderSettings(kind, keys), environment, log::add);
  }

  private String submit(String name, String command, int nodes) {
    String job = slurm.submit(new BlockOrder(name, command, nodes, 1, folder));
    jobs.add(job);
    return job;
  }

  private JobStatus status(String job) {
    JobStatus status = slurm.status(List.of(job)).get(job);
    seen.add(status.state());
    return status;
  }

  private JobStatus ended(String job) {
    Deadline.in(LONGEST).await("job " + job + " ends", () -> status(job).state().isEnded());
    return status(job);
  }

  private void running(String job) {
    Deadline.in(LONGEST)
        .await("job " + job + " runs", () -> status(job).state() == JobState.RUNNING);
  }

  @Test
  void jobIsSeenRunningAndThenCompleted() {
    String job = submit("good", "until [ -e " + folder + "/go ]; do sleep 0.1; done; echo out", 1);
    running(job);
    assertThat(folder.resolve("go").toFile().mkdir()).isTrue();

    JobStatus status = ended(job);

    assertThat(status.state()).isEqualTo(JobState.COMPLETED);
    assertThat(status.exitCode()).hasValue(0);
    assertThat(status.stdoutTail()).contains("out\n");
    assertThat(seen).isSubsetOf(JobState.PENDING, JobState.RUNNING, JobState.COMPLETED);
  }

  @Test
  void failingScriptIsFailedWithItsExitCodeAndItsLastWords() {
    JobStatus status = ended(submit("bad", "echo no such module >&2; exit 7", 1));

    assertThat(status.state()).isEqualTo(JobState.FAILED);
    assertThat(status.exitCode()).hasValue(7);
    assertThat(status.stderrTail()).contains("no such module");
  }

  @Test
  void jobThatWaitsForNodesIsPendingAndSaysWhy() {
    String first = submit("first", "sleep 300", 2);
    running(first);
    String second = submit("second", "sleep 300", 2);

    Deadline.in(LONGEST).await("a reason", () -> !status(second).reason().isEmpty());
    Map<String, JobStatus> both = slurm.status(List.of(first, second));

    assertThat(both.get(first).state()).isEqualTo(JobState.RUNNING);
    assertThat(both.get(second).state()).isEqualTo(JobState.PENDING);
  }

  @Test
  void cancelledJobIsCancelled() {
    String job = submit("cancelled", "sleep 300", 1);
    running(job);

    slurm.cancel(List.of(job));

    assertThat(ended(job).state()).isEqualTo(JobState.CANCELLED);
    slurm.cancel(List.of(job));
  }

  @Test
  void srunStartsTheCommandOnEachNode() {
    slurm = open(Map.of("launcher", "srun", "cores_per_node", "2"));
    String job = submit("spread", "echo node=$SLURMD_NODENAME cpus=$SLURM_CPUS_PER_TASK", 2);

    JobStatus status = ended(job);

    assertThat(status).extracting(JobStatus::state).isEqualTo(JobState.COMPLETED);
    assertThat(status.stdoutTail()).contains("node=node1 cpus=2").contains("node=node2 cpus=2");
  }

  @Test
  void jobThatSlurmHasForgottenIsMissing() {
    String job = submit("known", "sleep 300", 1);

    Map<String, JobStatus> both = slurm.status(List.of("999999", job));
    JobStatus alone = slurm.status(List.of("999998")).get("999998");

    assertThat(both.get("999999").state()).isEqualTo(JobState.MISSING);
    assertThat(both.get(job).state().isEnded()).isFalse();
    assertThat(alone.state()).isEqualTo(JobState.MISSING);
  }

  @Test
  void unknownPartitionIsRefusedInSbatchsOwnWords() {
    slurm = open(Map.of("partition", "moon"));

    assertThatThrownBy(() -> submit("nowhere", "true", 1))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("sbatch")
        .hasMessageContaining("invalid partition specified: moon");
  }

  @Test
  void qsubQstatAndQdelOfSlurmServeTheTorqueProvider() {
    boolean installed = Files.isExecutable(Path.of("/usr/bin/qsub"));
    if (!installed) {
      System.err.println("SKIPPED: Torque's commands; install slurm-wlm-torque");
    }
    Assumptions.assumeTrue(installed, "no qsub");
    slurm = open("torque", Map.of("launcher", "single_node"));
    String endless = submit("endless", "sleep 300", 1);
    String failing = submit("failing", "echo broken >&2; exit 5", 1);
    running(endless);

    JobStatus status = ended(failing);
    slurm.cancel(List.of(endless));
    jobs.clear();

    assertThat(status.state()).isEqualTo(JobState.FAILED);
    assertThat(status.exitCode()).hasValue(5);
    assertThat(status.stderrTail()).contains("broken");
    assertThat(ended(endless).state()).isIn(JobState.CANCELLED, JobState.MISSING);
  }
}
