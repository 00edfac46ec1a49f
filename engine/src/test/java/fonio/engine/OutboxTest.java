package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox(500);
  private final ByteQueue queue = new ByteQueue();
  private final FrameWriter writer = new FrameWriter(queue);

  private void add(long task, int bytes, long now) {
    outbox.add(task, Status.OK, bytes, new byte[bytes], 0, now);
  }

  private List<Integer> counts() {
    List<Integer> counts = new ArrayList<>();
    FrameView frame = new FrameView();
    while (frame.next(queue)) {
      counts.add(frame.count());
      queue.consumed(frame.size());
    }
    return counts;
  }

  @Test
  void resultGoesAtOnceWhileLittleIsOut() {
    add(1, 3, 100);
    assertThat(outbox.isDue(false, 100)).isTrue();
    assertThat(outbox.isDue(true, 100)).isFalse();
  }

  @Test
  void resultIsHeldSoLongAndNoLongerWhileMuchIsOut() {
    assertThat(outbox.dueInNanos(0, 777)).isEqualTo(777);
    add(1, 3, 100);
    add(2, 3, 550);
    assertThat(outbox.isDue(true, 599)).isFalse();
    assertThat(outbox.dueInNanos(599, 777)).isEqualTo(1);
    assertThat(outbox.isDue(true, 600)).isTrue();
    assertThat(outbox.dueInNanos(900, 777)).isZero();
  }

  @Test
  void manyBytesOrResultsGoAtOnce() {
    add(1, 1 << 20, 0);
    assertThat(outbox.isDue(true, 0)).isTrue();
    outbox.flush(writer);
    assertThat(outbox.isDue(false, 0)).isFalse();
    for (int task = 2; task < 4098; task++) {
      add(task, 0, 0);
    }
    assertThat(outbox.isDue(true, 0)).isTrue();
  }

  @Test
  void framesHoldAtMostSoManyResultsAndAreAcknowledgedOneByOne() {
    for (int task = 1; task <= 10_000; task++) {
      add(task, task % 3, 0);
    }
    outbox.flush(writer);
    assertThat(counts()).containsExactly(4096, 4096, 1808);
    assertThat(outbox.acknowledged()).hasSize(4096).startsWith(1);
    assertThat(outbox.acknowledged()).hasSize(4096).startsWith(4097);
    assertThat(outbox.acknowledged()).hasSize(1808).endsWith(10_000);
    assertThatThrownBy(outbox::acknowledged).hasMessageContaining("not sent");
  }

  @Test
  void flushOfNothingWritesNothing() {
    outbox.flush(writer);
    assertThat(queue.isEmpty()).isTrue();
  }
}
