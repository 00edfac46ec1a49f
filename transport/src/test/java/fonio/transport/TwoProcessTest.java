package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.testkit.Deadline;
import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link to another process, from the greeting to its death. */
class TwoProcessTest {
  private static final long TURN_NANOS = 1_000_000_000L;

  @TempDir Path folder;

  private final Deadline deadline = Deadline.in(Duration.ofSeconds(60));
  private final ByteQueue in = new ByteQueue();
  private final ByteQueue out = new ByteQueue();

  private Process start(int capacity) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(EchoPeer.class.getName(), folder.resolve("s").toString()));
    if (capacity > 0) {
      command.add(folder.resolve("worker-0-0.ring").toString());
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("peer.log").toFile())
        .start();
  }

  /** Accepts and greets the peer, then goes over to the rings if there are any. */
  private Link greet(LinkSet links, Listener listener, Process peer, int capacity) {
    RingFile file =
        capacity > 0 ? RingFile.create(folder.resolve("worker-0-0.ring"), capacity) : null;
    Optional<SocketChannel> accepted = listener.accept();
    while (accepted.isEmpty()) {
      links.await(TURN_NANOS);
      accepted = listener.accept();
      deadline.check("a connection of " + peer);
    }
    SocketLink socket = new SocketLink(accepted.get());
    links.add(socket);
    FrameView frame = new FrameView();
    while (!frame.next(in)) {
      links.await(TURN_NANOS);
      assertThat(socket.read(in)).isNotNegative();
      deadline.check("HELLO");
    }
    assertThat(Greeting.decode(frame).required("pid")).isEqualTo(Long.toString(peer.pid()));
    in.consumed(frame.size());
    new FrameWriter(out).frame(Kind.WELCOME, 0, 0, 0, Greeting.of(Map.of()).encode());
    socket.write(out);
    assertThat(out.isEmpty()).isTrue();
    if (file == null) {
      return socket;
    }
    RingLink ring = new RingLink(accepted.get(), file, Side.UPPER);
    links.add(ring);
    return ring;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 64, 1 << 16})
  void everyByteComesBackAndDeathIsSeen(int capacity) throws Exception {
    Process peer = null;
    try (LinkSet links = LinkSet.open();
        Listener listener = Listener.open(folder.resolve("s"))) {
      links.add(listener);
      peer = start(capacity);
      Link link = greet(links, listener, peer, capacity);
      int megabytes = capacity == 64 ? 1 : 20;
      Pattern sent = new Pattern();
      Pattern echoed = new Pattern();
      streamThrough(links, link, sent, echoed, megabytes << 20);
      alternate(links, link, sent, echoed);

      peer.destroyForcibly();

      while (link.read(in) != Link.GONE) {
        links.await(TURN_NANOS);
        deadline.check("the death of " + peer);
      }
      links.remove(link);
      link.close();
    } finally {
      if (peer != null) {
        peer.destroyForcibly();
        assertThat(peer.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private void streamThrough(LinkSet links, Link link, Pattern sent, Pattern echoed, int total) {
    while (echoed.read() < total) {
      if (sent.written() < total && out.size() < 1 << 20) {
        sent.write(out, 1 << 16);
      }
      int moved = link.write(out) + link.read(in);
      echoed.check(in);
      links.await(moved > 0 ? 0 : TURN_NANOS);
      deadline.check(total + " bytes there and back");
    }
  }

  private void alternate(LinkSet links, Link link, Pattern sent, Pattern echoed) {
    for (int i = 0; i < 5000; i++) {
      sent.write(out, 1 + i % 40);
      while (echoed.read() < sent.written()) {
        int moved = link.write(out) + link.read(in);
        echoed.check(in);
        links.await(moved > 0 ? 0 : TURN_NANOS);
        deadline.check("answer " + i);
      }
    }
  }
}
