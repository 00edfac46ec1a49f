package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.wire.ByteQueue;
import fonio.wire.MalformedFrameException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingLinkTest extends LinkContract {
  @Override
  LinkPair connect(Path folder) throws IOException {
    return LinkPair.ofRings(folder, 1 << 16);
  }

  @Test
  void ringOfTheSmallestCapacityCarriesEverything() throws IOException {
    Path tiny = Files.createDirectory(folder.resolve("tiny"));
    try (LinkPair pair = LinkPair.ofRings(tiny, 64)) {
      ByteQueue out = new ByteQueue();
      ByteQueue in = new ByteQueue();
      Pattern pattern = new Pattern();
      pattern.write(out, 10_000);
      while (pattern.read() < 10_000) {
        assertThat(pair.lower().write(out) + pair.upper().read(in)).isPositive();
        pattern.check(in);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 65, Long.MAX_VALUE, Long.MIN_VALUE})
  void tailOutOfTheRingEndsTheLink(long tail) throws IOException {
    brokenWord(0, tail, "tail");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -65, Long.MAX_VALUE, Long.MIN_VALUE})
  void headOutOfTheRingEndsTheLink(long head) throws IOException {
    brokenWord(Ring.CONTROL_BYTES + 64 + 64, head, "head");
  }

  /** The lower peer writes a control word that no honest peer writes. */
  private void brokenWord(long offset, long value, String name) throws IOException {
    Path path = Files.createDirectory(folder.resolve("broken")).resolve("client.ring");
    try (RingFile file = RingFile.create(path, 64);
        RandomAccessFile enemy = new RandomAccessFile(path.toFile(), "rw")) {
      enemy.seek(offset);
      enemy.writeLong(Long.reverseBytes(value));
      ByteQueue queue = new ByteQueue();
      queue.putZeros(100);
      Link link = new RingLink(LinkPair.connected(path.getParent())[0], file, Side.UPPER);

      assertThat(link.hasWork() || name.equals("head")).isTrue();
      assertThatThrownBy(() -> moved(link, queue, name))
          .isInstanceOf(MalformedFrameException.class)
          .hasMessageContaining("the ring's " + name);
      link.close();
    }
  }

  private static int moved(Link link, ByteQueue queue, String name) {
    return name.equals("tail") ? link.read(queue) : link.write(queue);
  }

  @Test
  void fileThatIsNoRingIsRefused() throws IOException {
    Path path = Files.write(folder.resolve("x"), new byte[9000]);

    assertThatThrownBy(() -> RingFile.open(path)).hasMessageContaining("9000 bytes");
    assertThatThrownBy(() -> RingFile.create(path, 100)).hasMessageContaining("100");
  }

  @Test
  void wordsBesideTheRingsAreSeenByTheOtherSide() {
    Path path = folder.resolve("worker-0-1.ring");
    try (RingFile engine = RingFile.create(path, 0);
        RingFile worker = RingFile.open(path)) {
      worker.running(17);
      assertThat(engine.running()).isEqualTo(17);

      engine.recall(18, 20);
      assertThat(worker.isRecalled(17)).isFalse();
      assertThat(worker.isRecalled(18)).isTrue();
      assertThat(worker.isRecalled(19)).isTrue();
      assertThat(worker.isRecalled(20)).isFalse();
    }
  }
}
