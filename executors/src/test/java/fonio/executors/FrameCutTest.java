package fonio.executors;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Length;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where tasks are cut into frames. */
class FrameCutTest {
  private final Map<Long, Integer> arguments = new HashMap<>();
  private final Map<Long, List<Long>> parents = new HashMap<>();
  private final Map<Long, Integer> results = new HashMap<>();
  private final ByteQueue queue = new ByteQueue();
  private final TaskFrames frames = new TaskFrames(new Bytes(), 256);

  /** The ids of the tasks of each frame. */
  private List<List<Long>> frames(long... tasks) {
    FrameWriter writer = new FrameWriter(queue);
    for (int from = 0; from < tasks.length; ) {
      int to = frames.measure(tasks, from, tasks.length);
      assertThat(to).isGreaterThan(from);
      frames.write(writer, 1, tasks, from);
      from = to;
    }
    List<List<Long>> all = new ArrayList<>();
    FrameView view = new FrameView();
    while (view.next(queue)) {
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < view.count(); i++) {
        ids.add(view.task(i));
      }
      all.add(ids);
      queue.consumed(view.size());
    }
    return all;
  }

  @Test
  void smallTasksGoInOneFrame() {
    assertThat(frames(1, 2, 5)).containsExactly(List.of(1L, 2L, 5L));
  }

  @Test
  void frameIsCutBeforeItExceedsItsBytes() {
    for (long task = 1; task <= 5; task++) {
      arguments.put(task, TaskFrames.MOST_BYTES / 2);
    }
    assertThat(frames(1, 2, 3, 4, 5))
        .containsExactly(List.of(1L, 2L), List.of(3L, 4L), List.of(5L));
  }

  @Test
  void resultsOfParentsCountAsBytes() {
    results.put(90L, TaskFrames.MOST_BYTES);
    parents.put(1L, List.of(90L));
    parents.put(2L, List.of(90L));
    assertThat(frames(1, 2)).containsExactly(List.of(1L), List.of(2L));
  }

  @Test
  void taskIsNotCutFromTheParentThatItsWorkerRuns() {
    arguments.put(1L, TaskFrames.MOST_BYTES);
    arguments.put(2L, TaskFrames.MOST_BYTES);
    parents.put(2L, List.of(1L));
    assertThat(frames(1, 2, 3)).containsExactly(List.of(1L, 2L), List.of(3L));
  }

  @Test
  void taskIsCutFromTheParentThatItsWorkerRunsWhereNoFrameHoldsBoth() {
    arguments.put(1L, TaskFrames.MOST_TASK_BYTES);
    arguments.put(2L, 1);
    parents.put(2L, List.of(1L));
    assertThat(frames.measure(new long[] {1, 2}, 0, 2)).isEqualTo(1);
  }

  @Test
  void taskThatNoFrameHoldsIsToldByAnEmptyMeasure() {
    results.put(90L, TaskFrames.MOST_TASK_BYTES + 1);
    parents.put(2L, List.of(90L));
    assertThat(frames.measure(new long[] {1, 2, 3}, 0, 3)).isEqualTo(1);
    assertThat(frames.measure(new long[] {1, 2, 3}, 1, 3)).isEqualTo(1);
  }

  /** Payloads of as many bytes as the test says. */
  private final class Bytes implements Payloads {
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
      return arguments.getOrDefault(task, 0);
    }

    @Override
    public void putArguments(long task, FrameWriter writer) {
      put(argumentLength(task), writer);
    }

    @Override
    public int resultLength(long parent) {
      return results.getOrDefault(parent, 0);
    }

    @Override
    public void putResult(long parent, FrameWriter writer) {
      put(resultLength(parent), writer);
    }

    private static void put(int length, FrameWriter writer) {
      writer.payload(new byte[Length.bytes(length)], 0, Length.bytes(length));
    }
  }
}
