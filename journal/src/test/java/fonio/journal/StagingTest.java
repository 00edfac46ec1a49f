package fonio.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StagingTest {
  private static final byte[] RECORD = new byte[1000];

  private final Staging staging = new Staging();

  private ByteBuffer take(int room) {
    ByteBuffer taken = staging.take(room);
    assertThat(taken).isNotNull();
    return taken;
  }

  @Test
  void memoryOfWhatIsDurableIsUsedAgain() {
    Set<ByteBuffer> memory = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int round = 0; round < 200; round++) {
      for (int i = 0; i < 50; i++) {
        staging.put(1, RECORD, 0, RECORD.length);
      }
      staging.rewind();
      for (ByteBuffer run = staging.take(1 << 20); run != null; run = staging.take(1 << 20)) {
        memory.add(run);
      }
      staging.release();
      assertThat(staging.waitingBytes()).isZero();
      assertThat(staging.isEmpty()).isTrue();
    }
    assertThat(memory).hasSize(2);
  }

  @Test
  void whatIsNotReleasedIsTakenAgain() {
    for (int i = 0; i < 600; i++) {
      staging.put(1, RECORD, 0, RECORD.length);
    }
    staging.rewind();
    int first = take(3 * 1009).remaining();
    assertThat(first).isEqualTo(3 * 1009);
    assertThat(staging.takenRecords()).isEqualTo(3);
    assertThat(staging.take(1008)).isNull();
    staging.rewind();
    assertThat(take(3 * 1009 + 1008).remaining()).isEqualTo(first);
    staging.release();
    assertThat(staging.waitingBytes()).isEqualTo(597L * 1009);
    int left = 0;
    for (ByteBuffer run = staging.take(1 << 20); run != null; run = staging.take(1 << 20)) {
      left += run.remaining();
    }
    assertThat(left).isEqualTo(597 * 1009);
  }
}
