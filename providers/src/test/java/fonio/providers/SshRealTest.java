package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.testkit.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against an sshd that the test starts: the variable {@code FONIO_SSHD} names its program. Started
 * by root it needs the folder /run/sshd.
 */
class SshRealTest {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Process sshd;
  private Provider ssh;

  @BeforeEach
  void start() throws Exception {
    String program = System.getenv("FONIO_SSHD");
    if (program == null) {
      System.err.println("SKIPPED: SshRealTest needs FONIO_SSHD, such as /usr/sbin/sshd");
    }
    Assumptions.assumeTrue(program != null, "no FONIO_SSHD");
    keygen("host");
    keygen("user");
    Files.copy(
        folder.resolve("user.pub"), folder.resolve("allowed"), StandardCopyOption.REPLACE_EXISTING);
    int port = freePort();
    sshd =
        new ProcessBuilder(
                program,
                "-D",
                "-e",
                "-f",
                "/dev/null",
                "-oListenAddress=127.0.0.1",
                "-oPort=" + port,
                "-oHostKey=" + folder.resolve("host"),
                "-oAuthorizedKeysFile=" + folder.resolve("allowed"),
                "-oStrictModes=no",
                "-oPidFile=none")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    Deadline.in(LONGEST).await("sshd answers or ends", () -> isOpen(port) || !sshd.isAlive());
    assertThat(sshd.isAlive()).as(Files.readString(folder.resolve("sshd.log"))).isTrue();
    String user = System.getProperty("user.name");
    ssh =
        Providers.open(
            new ProviderSettings(
                "ssh",
                Map.of(
                    "hosts", user + "@127.0.0.1:" + port,
                    "ssh_options",
                        "-F none -i "
                            + folder.resolve("user")
                            + " -o IdentitiesOnly=yes -o StrictHostKeyChecking=no"
                            + " -o UserKnownHostsFile="
                            + folder.resolve("known"))),
            line -> {});
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (ssh != null) {
      ssh.close();
    }
    if (sshd != null) {
      sshd.destroy();
      assertThat(sshd.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void keygen(String name) throws IOException, InterruptedException {
    Process keygen =
        new ProcessBuilder(
                "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve(name) + "")
            .start();
    assertThat(keygen.waitFor()).isZero();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private String submit(String command) {
    return ssh.submit(new BlockOrder("block", command, 1, 1, folder));
  }

  private JobStatus ended(String job) {
    Deadline.in(LONGEST)
        .await("the job ends", () -> ssh.status(List.of(job)).get(job).state().isEnded());
    return ssh.status(List.of(job)).get(job);
  }

  private long child() throws IOException {
    Path file = folder.resolve("child");
    Deadline.in(LONGEST).await("the child", () -> file.toFile().length() > 1);
    return Long.parseLong(Files.readString(file).strip());
  }

  private static void awaitDeath(long pid) {
    Deadline.in(LONGEST)
        .await(
            "process " + pid + " dies",
            () -> ProcessHandle.of(pid).map(handle -> !handle.isAlive()).orElse(true));
  }

  @Test
  void outputsAndExitCodeComeBack() {
    JobStatus status = ended(submit("echo \"it's $((6 * 7))\"; echo broken >&2; exit 6"));

    assertThat(status.state()).isEqualTo(JobState.FAILED);
    assertThat(status.exitCode()).hasValue(6);
    assertThat(status.stdoutTail()).contains("it's 42\n");
    assertThat(status.stderrTail()).contains("broken\n");
  }

  @Test
  void cancelEndsTheProcessesOfTheHost() throws IOException {
    String job = submit("sleep 300 & echo $! >" + folder + "/child; wait");
    long child = child();

    ssh.cancel(List.of(job));

    awaitDeath(child);
    assertThat(ended(job).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void connectionThatBreaksEndsTheProcessesOfTheHost() throws IOException {
    String job = submit("sleep 300 & echo $! >" + folder + "/child; wait");
    long child = child();

    ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/ssh"))
        .forEach(ProcessHandle::destroyForcibly);

    awaitDeath(child);
    assertThat(ended(job).state()).isEqualTo(JobState.FAILED);
  }
}
