package fonio.executors;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Length;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskFramesTest {
  /** Arguments are "aN" and results "rN"; every task but 9 has arguments. */
  private static final class Texts implements Payloads {
    final Map<Long, List<Long>> parents = new HashMap<>();

    private static byte[] text(String text) {
      return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public int parentCount(long task) {
      return parents.getOrDefault(task, List.of()).size();
    }

    @Override
    public long parent(long task, int place) {
      return parents.getOrDefault(task, List.of()).get(place);
    }

    @Override
    public int argumentLength(long task) {
      return task == 9 ? 0 : text("a" + task).length;
    }

    @Override
    public void putArguments(long task, FrameWriter writer) {
      byte[] bytes = text("a" + task);
      writer.payload(bytes, 0, bytes.length);
    }

    @Override
    public int resultLength(long parent) {
      return text("r" + parent).length;
    }

    @Override
    public void putResult(long parent, FrameWriter writer) {
      byte[] bytes = text("r" + parent);
      writer.payload(bytes, 0, bytes.length);
    }
  }

  private final Texts texts = new Texts();
  private final ByteQueue queue = new ByteQueue();
  private final FrameView frame = new FrameView();

  private void write(long... tasks) {
    TaskFrames frames = new TaskFrames(texts, 256);
    assertThat(frames.measure(tasks, 0, tasks.length)).isEqualTo(tasks.length);
    frames.write(new FrameWriter(queue), 5, tasks, 0);
    assertThat(frame.next(queue)).isTrue();
    assertThat(frame.classId()).isEqualTo(5);
    assertThat(frame.count()).isEqualTo(tasks.length);
    for (int i = 0; i < tasks.length; i++) {
      assertThat(frame.task(i)).isEqualTo(tasks[i]);
    }
  }

  @Test
  void argumentsStandOneAfterTheOther() {
    write(1, 2, 3);
    assertThat(frame.blobText()).isEqualTo("a1a2a3");
  }

  @Test
  void resultsOfParentsStandBeforeTheArguments() {
    texts.parents.put(7L, List.of(1L, 2L));
    texts.parents.put(9L, List.of(2L));
    write(6, 7, 9);
    assertThat(frame.blobText()).isEqualTo("a6r1r2a7r2");
    assertThat(frame.parentCount(0)).isZero();
    assertThat(frame.parent(frame.firstParent(2))).isEqualTo(2);
  }

  @Test
  void parentRightBeforeItsFollowerIsLocal() {
    texts.parents.put(8L, List.of(3L));
    texts.parents.put(10L, List.of(8L, 1L, 8L));
    write(3, 8, 10, 4);
    assertThat(frame.blobText()).isEqualTo("a3a8r1a10a4");
    assertThat(Length.isLocal(frame.rawParentLength(frame.firstParent(1)))).isTrue();
    assertThat(Length.isLocal(frame.rawParentLength(frame.firstParent(2) + 1))).isFalse();
    assertThat(Length.isLocal(frame.rawParentLength(frame.firstParent(2) + 2))).isTrue();
  }

  @Test
  void manyParentsMakeRoom() {
    texts.parents.put(5L, java.util.stream.LongStream.range(0, 500).map(i -> 1).boxed().toList());
    write(5);
    assertThat(frame.parentTotal()).isEqualTo(500);
    assertThat(frame.blobText()).hasSize(2 * 500 + 2);
  }
}
