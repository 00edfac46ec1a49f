package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.testkit.Deadline;
import fonio.wire.ByteQueue;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsLinkTest extends LinkContract {
  private static final String PASSWORD = "0123456789abcdef";

  @TempDir static Path keys;
  private static TlsIdentity identity;
  private static TlsIdentity other;

  @BeforeAll
  static void makeKeys() throws IOException {
    TlsIdentity.create(keys.resolve("run.p12"), PASSWORD);
    TlsIdentity.create(keys.resolve("other.p12"), PASSWORD);
    identity = TlsIdentity.load(keys.resolve("run.p12"), PASSWORD);
    other = TlsIdentity.load(keys.resolve("other.p12"), PASSWORD);
  }

  @Override
  LinkPair connect(Path folder) throws IOException {
    LinkPair pair = LinkPair.ofTcp(TlsLinkTest::server, TlsLinkTest::client);
    shakeHands(pair);
    return pair;
  }

  private static TcpLink server(SocketChannel channel) {
    return TcpLink.encrypted(channel, identity.server());
  }

  private static TcpLink client(SocketChannel channel) {
    return TcpLink.encrypted(channel, identity.client());
  }

  /** One byte each way: then both know each other. */
  private static void shakeHands(LinkPair pair) {
    ByteQueue up = new ByteQueue();
    ByteQueue down = new ByteQueue();
    ByteQueue in = new ByteQueue();
    up.putByte(1);
    down.putByte(1);
    int read = 0;
    Deadline deadline = Deadline.in(Duration.ofSeconds(20));
    while (read < 2) {
      pair.lower().write(up);
      pair.upper().write(down);
      read += Math.max(0, pair.upper().read(in));
      read += Math.max(0, pair.lower().read(in));
      deadline.check("the handshake");
    }
  }

  @Test
  void keyIsReadableByItsOwnerOnly() throws IOException {
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("run.p12"))))
        .isEqualTo("rw-------");
  }

  @Test
  void wrongPasswordIsRefused() {
    assertThatThrownBy(() -> TlsIdentity.load(keys.resolve("run.p12"), "not the password"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void peerOfAnotherRunGetsNothingThrough() throws IOException {
    try (LinkPair pair =
        LinkPair.ofTcp(
            TlsLinkTest::server, channel -> TcpLink.encrypted(channel, other.client()))) {
      endsWithoutAByte(pair);
    }
  }

  @Test
  void peerWithoutTlsGetsNothingThrough() throws IOException {
    try (LinkPair pair = LinkPair.ofTcp(TlsLinkTest::server, TcpLink::clear)) {
      endsWithoutAByte(pair);
    }
  }

  private static void endsWithoutAByte(LinkPair pair) {
    ByteQueue out = new ByteQueue();
    out.put(new byte[1000], 0, 1000);
    ByteQueue in = new ByteQueue();
    ByteQueue ignored = new ByteQueue();
    Deadline deadline = Deadline.in(Duration.ofSeconds(20));
    int read = 0;
    while (read != Link.GONE) {
      pair.lower().write(out);
      if (pair.lower().read(ignored) == Link.GONE) {
        pair.lower().close();
      }
      read = pair.upper().read(in);
      deadline.check("the refusal");
    }
    assertThat(in.isEmpty()).isTrue();
    assertThat(((TcpLink) pair.upper()).problem()).isNotEmpty();
  }
}
