package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With an ssh that runs the command here, and cannot reach the host {@code down}. */
class SshProviderTest {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final String SSH =
      """
      while [ "$1" != -- ]; do shift; done
      if [ "$2" = down ]; then echo 'ssh: connect to host down port 22: No route to host' >&2; exit 255; fi
      export HOST=$2
      exec bash -c "$3"
      """;

  @TempDir Path folder;
  private FakePrograms programs = new FakePrograms(Path.of("unset"));
  private Provider ssh = open(Map.of());

  @BeforeEach
  void installSsh() {
    programs = new FakePrograms(folder.resolve("bin")).with("ssh", SSH);
    ssh = open(Map.of());
  }

  @AfterEach
  void close() {
    ssh.close();
  }

  private Provider open(Map<String, String> more) {
    Map<String, String> keys = new HashMap<>(Map.of("hosts", "one\ntwo\n", "launcher", "simple"));
    keys.putAll(more);
    return Providers.open(new ProviderSettings("ssh", keys), programs.environment(), line -> {});
  }

  private String submit(String name, String command, int nodes) {
    return ssh.submit(new BlockOrder(name, command, nodes, 1, folder));
  }

  private JobStatus status(String job) {
    return ssh.status(List.of(job)).get(job);
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
  void blockRunsItsCommandOnEachOfItsHosts() {
    ssh = open(Map.of("worker_init", "greeting=hello"));

    JobStatus status = ended(submit("block", "echo $greeting $HOST", 2));

    assertThat(status.state()).isEqualTo(JobState.COMPLETED);
    assertThat(status.stdoutTail().lines()).containsExactlyInAnyOrder("hello one", "hello two");
  }

  @Test
  void exitCodeOfTheCommandComesBack() {
    JobStatus status = ended(submit("block", "echo broken >&2; exit 6", 1));

    assertThat(status.state()).isEqualTo(JobState.FAILED);
    assertThat(status.exitCode()).hasValue(6);
    assertThat(status.stderrTail()).isEqualTo("broken\n");
  }

  @Test
  void hostThatCannotBeReachedEndsTheBlockInSshsOwnWords() {
    ssh = open(Map.of("hosts", "down\none"));

    JobStatus status = ended(submit("block", "echo never", 1));

    assertThat(status.state()).isEqualTo(JobState.FAILED);
    assertThat(status.exitCode()).hasValue(255);
    assertThat(status.stderrTail()).contains("No route to host");
  }

  @Test
  void hostThatFailedIsTakenLast() {
    ssh = open(Map.of("hosts", "down\none"));
    ended(submit("first", "echo never", 1));

    assertThat(ended(submit("second", "echo $HOST", 1)).stdoutTail()).isEqualTo("one\n");
  }

  @Test
  void hostBelongsToOneBlockUntilThatEnds() {
    String first = submit("first", "sleep 300", 1);
    submit("second", "sleep 300", 1);

    assertThatThrownBy(() -> submit("third", "sleep 300", 1))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("block third needs 1 hosts and 0 of 2 are free");

    ssh.cancel(List.of(first));
    assertThat(ended(submit("fourth", "echo $HOST", 1)).stdoutTail()).isEqualTo("one\n");
  }

  @Test
  void cancelEndsWhatRunsOnTheHost() {
    String job = submit("block", "sleep 300 & echo $! >" + folder + "/child; wait", 1);
    long child = pid("child");

    ssh.cancel(List.of(job));

    assertThat(status(job).state()).isEqualTo(JobState.CANCELLED);
    awaitDeath(child);
  }

  @Test
  void closeEndsEveryBlock() {
    submit("block", "echo $$ >" + folder + "/child; sleep 300", 1);
    long child = pid("child");

    ssh.close();

    awaitDeath(child);
  }

  @Test
  void usersOptionsStandBeforeOurs() {
    ssh = open(Map.of("hosts", "ann@[fe80::1]:2222", "ssh_options", "-i key\n-o BatchMode=no"));

    ended(submit("block", "true", 1));

    assertThat(programs.calls())
        .first()
        .asString()
        .startsWith("ssh -T -i key -o BatchMode=no -o BatchMode=yes -o ConnectTimeout=10")
        .contains("-p 2222 -- ann@fe80::1 exec 'bash' '-c'");
  }
}
