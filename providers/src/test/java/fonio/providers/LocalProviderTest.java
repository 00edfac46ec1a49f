package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.ConfigurationException;
import fonio.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProviderTest {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Provider local = open(Map.of());

  private static Provider open(Map<String, String> keys) {
    return Providers.open(new ProviderSettings("local", keys), line -> {});
  }

  @AfterEach
  void close() {
    local.close();
  }

  private String submit(String command) {
    return local.submit(new BlockOrder("block", command, 1, 1, folder));
  }

  private JobStatus status(String job) {
    return local.status(List.of(job)).get(job);
  }

  private JobStatus ended(String job) {
    Deadline.in(LONGEST).await("the job ends", () -> status(job).state().isEnded());
    return status(job);
  }

  private long pid(String file) {
    Path path = folder.resolve(file);
    Deadline.in(LONGEST).await(file, () -> path.toFile().length() > 1);
    try {
      return Long.parseLong(Files.readString(path).strip());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitDeath(long pid) {
    Deadline.in(LONGEST)
        .await(
            "process " + pid + " dies",
            () -> ProcessHandle.of(pid).map(handle -> !handle.isAlive()).orElse(true));
  }

  @Test
  void blockThatEndsWellIsCompleted() {
    JobStatus status = ended(submit("echo hello"));

    assertThat(status.state()).isEqualTo(JobState.COMPLETED);
    assertThat(status.exitCode()).hasValue(0);
    assertThat(status.stdoutTail()).contains("hello\n");
    assertThat(folder.resolve("block.exit")).hasContent("0");
  }

  @Test
  void blockThatFailsHasItsExitCodeAndLastWords() {
    JobStatus status = ended(submit("echo broken >&2; exit 9"));

    assertThat(status.state()).isEqualTo(JobState.FAILED);
    assertThat(status.exitCode()).hasValue(9);
    assertThat(status.stderrTail()).isEqualTo("broken\n");
  }

  @Test
  void workerInitRunsBeforeTheCommandAndMayEndTheBlock() {
    local = open(Map.of("worker_init", "export GREETING=hello"));
    assertThat(ended(submit("echo $GREETING")).stdoutTail()).contains("hello\n");

    local = open(Map.of("worker_init", "exit 5"));
    assertThat(ended(submit("echo never")).exitCode()).hasValue(5);
    assertThat(folder.resolve("block.exit")).hasContent("5");
  }

  @Test
  void cancelEndsTheWholeGroup() {
    String job = submit("sleep 300 & echo $! >child; wait".replace("child", folder + "/child"));
    long child = pid("child");
    assertThat(status(job).state()).isEqualTo(JobState.RUNNING);

    local.cancel(List.of(job));

    assertThat(status(job).state()).isEqualTo(JobState.CANCELLED);
    awaitDeath(child);
  }

  @Test
  void processThatIgnoresToBeAskedIsKilled() {
    String job =
        submit("trap '' TERM; echo $BASHPID >" + folder + "/child; while :; do sleep 1; done");
    long child = pid("child");

    local.cancel(List.of(job));

    awaitDeath(child);
    assertThat(status(job).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void processThatHasEndedAndThatNobodyNoticesIsNotWaitedFor() {
    String job =
        submit(
            """
            exec python3 -c "
            import os, time
            group = os.getpgid(0)
            if os.fork() == 0:
                os.setpgid(0, 0)
                if os.fork() == 0:
                    os.setpgid(0, group)
                    os._exit(0)
                os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
                print(os.getpid(), file=open('%s/child', 'w'))
            time.sleep(30)"
            """
                .formatted(folder));
    long parent = pid("child");
    long begin = System.nanoTime();

    local.cancel(List.of(job));

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    ProcessHandle.of(parent).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void whatABlockLeavesBehindEndsWithIt() {
    String job = submit("sleep 300 & echo $! >" + folder + "/child; exit 0");

    assertThat(ended(job).state()).isEqualTo(JobState.COMPLETED);

    awaitDeath(pid("child"));
  }

  @Test
  void closeEndsEveryBlock() {
    submit("echo $BASHPID >" + folder + "/child; sleep 300");
    long child = pid("child");

    local.close();

    awaitDeath(child);
  }

  @Test
  void tailIsTheLastTwoThousandAndFortyEightCharacters() {
    local = open(Map.of("launcher", "simple"));

    String tail = ended(submit("printf 'é%.0s' {1..5000}; printf end")).stdoutTail();

    assertThat(tail).hasSize(2_048).startsWith("éé").endsWith("éend");
  }

  @Test
  void moreThanOneNodeIsRefusedAtOpen() {
    assertThatThrownBy(() -> open(Map.of("nodes_per_block", "2")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("nodes_per_block of provider local is \"2\"; this machine is one node; use 1");
  }
}
