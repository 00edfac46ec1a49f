package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.testkit.Deadline;
import fonio.wire.ByteQueue;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkSetTest {
  @TempDir Path folder;

  private final Deadline deadline = Deadline.in(Duration.ofSeconds(30));

  @Test
  void listenerWakesTheLoopForAConnection() throws IOException {
    Path path = folder.resolve("workers.sock");
    try (LinkSet links = LinkSet.open();
        Listener listener = Listener.open(path)) {
      links.add(listener);
      assertThat(listener.accept()).isEmpty();
      SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(path));

      Optional<SocketChannel> accepted = listener.accept();
      while (accepted.isEmpty()) {
        links.await(1_000_000_000L);
        accepted = listener.accept();
        deadline.check("a connection");
      }

      accepted.get().close();
      peer.close();
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void busyLoopSeesAConnectionToo() throws IOException {
    Path path = folder.resolve("workers.sock");
    try (LinkSet links = LinkSet.open();
        Listener listener = Listener.open(path)) {
      links.add(listener);
      assertThat(listener.accept()).isEmpty();
      try (SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
        Optional<SocketChannel> accepted = Optional.empty();
        while (accepted.isEmpty()) {
          links.await(0);
          accepted = listener.accept();
          deadline.check("a connection of " + peer);
        }
        accepted.get().close();
      }
    }
  }

  @Test
  void socketLinkBecomesARingLinkOnTheSameSocket() throws IOException {
    SocketChannel[] channels = LinkPair.connected(folder);
    Path path = folder.resolve("worker-0-0.ring");
    try (LinkSet links = LinkSet.open();
        SocketLink greeted = new SocketLink(channels[0])) {
      links.add(greeted);
      links.await(1);
      RingLink upper = new RingLink(channels[0], RingFile.create(path, 4096), Side.UPPER);
      RingLink lower = new RingLink(channels[1], RingFile.open(path), Side.LOWER);
      links.add(upper);

      ByteQueue queue = new ByteQueue();
      queue.putInt(42);
      lower.write(queue);
      while (upper.read(queue) == 0) {
        links.await(1_000_000_000L);
        deadline.check("bytes through the ring");
      }
      assertThat(queue.size()).isEqualTo(4);

      links.remove(upper);
      upper.close();
      lower.close();
    }
  }

  @Test
  void wakeupIsNeverLost() throws InterruptedException {
    AtomicLong posted = new AtomicLong();
    long rounds = 20_000;
    try (LinkSet links = LinkSet.open()) {
      Thread waker =
          Thread.ofPlatform()
              .start(() -> {
                for (long i = 1; i <= rounds; i++) {
                  posted.set(i);
                  links.wakeup();
                }
              });
      long longest = 0;
      while (posted.get() < rounds) {
        long before = System.nanoTime();
        links.await(5_000_000_000L);
        longest = Math.max(longest, System.nanoTime() - before);
        deadline.check("a wake-up");
      }
      waker.join();
      assertThat(longest).isLessThan(4_000_000_000L);
    }
  }

  @Test
  void wakeupBeforeTheWaitEndsIt() {
    try (LinkSet links = LinkSet.open()) {
      links.wakeup();
      long before = System.nanoTime();

      links.await(5_000_000_000L);

      assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
    }
  }

  @Test
  void waitEndsWithItsTime() throws IOException {
    try (LinkSet links = LinkSet.open();
        LinkPair pair = LinkPair.ofRings(Files.createDirectory(folder.resolve("r")), 4096)) {
      links.add(pair.upper());
      long before = System.nanoTime();

      links.await(30_000_000L);

      assertThat(System.nanoTime() - before).isBetween(25_000_000L, 5_000_000_000L);
    }
  }
}
