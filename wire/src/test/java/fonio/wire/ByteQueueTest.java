package fonio.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteQueueTest {
  @Test
  void bytesComeOutInTheirOrderHoweverItGrowsAndMoves() {
    long seed = Long.getLong("fonio.seed", 1L);
    Random random = new Random(seed);
    ByteQueue queue = new ByteQueue(64);
    ArrayDeque<Byte> model = new ArrayDeque<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(random.nextInt(100) == 0 ? 5000 : 50)];
      random.nextBytes(bytes);
      queue.put(bytes, 0, bytes.length);
      for (byte b : bytes) {
        model.add(b);
      }
      int drop = Math.min(queue.size(), random.nextInt(60));
      for (int j = 0; j < drop; j++) {
        assertThat(queue.array()[queue.head() + j]).as("seed %d", seed).isEqualTo(model.remove());
      }
      queue.consumed(drop);
      assertThat(queue.size()).as("seed %d", seed).isEqualTo(model.size());
    }
  }

  @Test
  void roomIsMadeByMovingBytesWhenMostAreConsumed() {
    ByteQueue queue = new ByteQueue(4096);
    queue.putZeros(4000);
    queue.consumed(3900);
    byte[] array = queue.array();

    assertThat(queue.reserve(1000)).isEqualTo(100);

    assertThat(queue.array()).isSameAs(array);
    assertThat(queue.head()).isZero();
  }

  @Test
  void emptiedLargeQueueGivesItsMemoryBack() {
    ByteQueue queue = new ByteQueue();
    queue.putZeros(5 << 20);

    queue.consumed(queue.size());

    assertThat(queue.array()).hasSizeLessThan(10_000);
  }

  @Test
  void moreThanWaitsCannotBeDropped() {
    ByteQueue queue = new ByteQueue();
    queue.putInt(1);

    assertThatThrownBy(() -> queue.consumed(5)).hasMessageContaining("5 bytes of the 4");
    assertThatThrownBy(() -> queue.truncate(5)).hasMessageContaining("5 bytes of the 4");
  }
}
