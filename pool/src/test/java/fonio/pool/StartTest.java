package fonio.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.testkit.Deadline;
import fonio.wire.ByteQueue;
import fonio.wire.FrameWriter;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How workers come in, and what happens when they cannot. */
class StartTest {
  @TempDir Path folder;

  @Test
  void programThatIsMissingMakesThePoolUnusableAndLeavesNoRings() throws IOException {
    try (Node node = new Node(folder, 2, "/nonexistent/python")) {
      node.until(() -> !node.unusable.isEmpty());
      assertThat(node.unusable.getFirst().lastLines()).contains("/nonexistent/python");
    }
    assertThat(rings()).isZero();
  }

  @Test
  void initializerThatDiesMakesThePoolUnusableAfterThreeDeathsOfEachWorker() throws IOException {
    try (Node node = Node.start(folder, 2)) {
      node.pool.function(Node.function(0, "os", "abort"));
      node.until(() -> !node.unusable.isEmpty());
      assertThat(node.unusable.getFirst().status()).isEqualTo(new ExitStatus(6, -1));
    }
  }

  @Test
  void processThatSaysNoHelloIsNamedAndEndedAndReplaced() throws IOException {
    Path silent = folder.resolve("silent");
    Files.writeString(silent, "#!/bin/sh\nexec sleep 100\n");
    assertThat(silent.toFile().setExecutable(true)).isTrue();
    try (Node node = new Node(folder, 1, silent.toString())) {
      int pid = node.pid(0);
      node.skippedNanos.addAndGet(10_000_000_000L);
      node.until(() -> node.pid(0) != pid && node.pid(0) != 0);
      assertThat(node.output.toString())
          .contains("node-w0 is ended: it said no HELLO within 10 s of its start");
    }
  }

  @Test
  void helloOfAWorkerThatIsAlreadyInIsRefused() throws IOException {
    try (Node node = Node.start(folder, 1);
        SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(node.socket()))) {
      node.untilReady();
      second.write(hello(Map.of("worker", "0", "generation", "1")));
      second.configureBlocking(false);
      ByteBuffer answer = ByteBuffer.allocate(4096);
      node.until(() -> read(second, answer) > 16);
      assertThat(answer.get(4)).isEqualTo((byte) Kind.REFUSED);
      node.send(0, 1, 1, "pass");
      node.until(() -> node.answered.contains(1L));
    }
  }

  @Test
  void coresThatThisProcessMayNotUseAreRefusedBeforeAnythingStarts() throws IOException {
    PoolConfig some = Node.config(folder, 1, "python3", 0, false);
    PoolConfig config =
        new PoolConfig(
            some.label(),
            some.workers(),
            some.command(),
            some.environment(),
            some.welcome(),
            some.workingDirectory(),
            some.logs(),
            some.segments(),
            some.socket(),
            some.token(),
            some.codec(),
            some.digest(),
            some.ringCapacity(),
            some.makers(),
            some.creditNanos(),
            some.maxTasksPerChild(),
            "list:8191",
            some.placement(),
            some.sharedQueue());
    assertThatThrownBy(() -> new Node(folder, config).close())
        .hasMessageContaining("cpu_affinity=list:8191: core 8191 is not among those");
    assertThat(rings()).isZero();
  }

  @Test
  void closeLeavesNoProcessNotEvenThoseThatTasksStarted() throws IOException {
    Path file = folder.resolve("grandchild");
    int pid;
    try (Node node = Node.start(folder, 2)) {
      node.untilReady();
      pid = node.pid(1);
      node.send(
          0,
          1,
          1,
          "import subprocess; open('grandchild', 'w').write("
              + "str(subprocess.Popen(['sleep', '100']).pid))");
      node.until(() -> node.answered.contains(1L));
    }
    int grandchild = Integer.parseInt(Files.readString(file));
    Deadline.in(Node.PATIENCE).await("the end of " + grandchild, () -> !Node.isAlive(grandchild));
    assertThat(Node.isAlive(pid)).isFalse();
    assertThat(rings()).isZero();
  }

  private long rings() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("segments"))) {
      return files.count();
    }
  }

  private static int read(SocketChannel channel, ByteBuffer into) {
    try {
      channel.read(into);
      return into.position();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ByteBuffer hello(Map<String, String> who) {
    Map<String, String> entries = new HashMap<>(who);
    entries.putAll(
        Map.of("role", "worker", "token", Node.TOKEN, "codec", "python-3", "byteorder", "little"));
    ByteQueue queue = new ByteQueue();
    new FrameWriter(queue).frame(Kind.HELLO, 0, 0, 0, Greeting.of(entries).encode());
    return ByteBuffer.wrap(queue.array(), queue.head(), queue.size());
  }
}
