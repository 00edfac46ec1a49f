package fonio.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TaskSlicerTest {
  private final ByteQueue whole = new ByteQueue();
  private final ByteQueue parts = new ByteQueue();
  private final FrameView frame = new FrameView();
  private final FrameView part = new FrameView();

  /** A task in plain objects: id, argument bytes, and for each parent its id and bytes, or null. */
  private record Task(long id, List<String> parents, String bytes) {}

  @RepeatedTest(50)
  void partsHoldTheTasksOfTheWhole(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    List<Task> tasks = write(random, 1 + random.nextInt(200));
    frame.next(whole);

    List<Task> found = new ArrayList<>();
    TaskSlicer slicer = new TaskSlicer();
    for (int from = 0; from < frame.count(); ) {
      int to = TaskSlicer.cut(frame, Math.min(frame.count(), from + 1 + random.nextInt(20)));
      slicer.write(new FrameWriter(parts), frame, from, to);
      assertThat(part.next(parts)).isTrue();
      assertThat(part.classId()).isEqualTo(7);
      found.addAll(tasksOf(part));
      parts.consumed(part.size());
      from = to;
    }

    assertThat(found).isEqualTo(tasks);
  }

  @Test
  void aTaskStaysWithTheParentThatTheWorkerMakes() {
    new FrameWriter(whole)
        .begin(Kind.TASKS, 7, 4, 1)
        .parents(new int[] {0, 1, 1, 0}, new int[] {1, 2}, new int[] {Length.LOCAL, Length.LOCAL})
        .end();
    frame.next(whole);

    assertThat(TaskSlicer.cut(frame, 1)).isEqualTo(3);
    assertThat(TaskSlicer.cut(frame, 3)).isEqualTo(3);
    assertThat(TaskSlicer.cut(frame, 4)).isEqualTo(4);
  }

  private List<Task> write(Random random, int count) {
    long[] ids = new long[count];
    int[] lengths = new int[count];
    int[] counts = new int[count];
    int[] parents = new int[3 * count];
    int[] parentLengths = new int[3 * count];
    ByteQueue blob = new ByteQueue();
    int total = 0;
    boolean empty = random.nextInt(4) == 0;
    for (int i = 0; i < count; i++) {
      ids[i] = 1 + (long) i * (random.nextInt(5) == 0 ? 3 : 1);
      counts[i] = random.nextInt(3) == 0 ? random.nextInt(3) : 0;
      for (int p = 0; p < counts[i]; p++) {
        parents[total] = 1000 + random.nextInt(50);
        parentLengths[total] = i > 0 && random.nextInt(3) == 0 ? Length.LOCAL : random.nextInt(9);
        bytes(random, blob, Length.bytes(parentLengths[total++]));
      }
      lengths[i] = empty ? 0 : random.nextInt(30);
      bytes(random, blob, lengths[i]);
    }
    FrameWriter writer = new FrameWriter(whole);
    writer.begin(Kind.TASKS, 7, count, (int) ids[0]).ids(ids, 0, 0).lengths(lengths, 0);
    if (total > 0) {
      writer.parents(counts, parents, parentLengths);
    }
    writer.attempts(new int[count], 0).payload(blob.array(), blob.head(), blob.size()).end();
    FrameView view = new FrameView();
    view.next(whole);
    return tasksOf(view);
  }

  private static void bytes(Random random, ByteQueue blob, int count) {
    byte[] some = new byte[count];
    random.nextBytes(some);
    blob.put(some, 0, count);
  }

  private static List<Task> tasksOf(FrameView view) {
    List<Task> tasks = new ArrayList<>();
    int at = view.blobOffset();
    for (int i = 0; i < view.count(); i++) {
      List<String> parents = new ArrayList<>();
      for (int p = 0; p < view.parentCount(i); p++) {
        int j = view.firstParent(i) + p;
        int length = view.parentLength(j);
        parents.add(
            view.parent(j)
                + (Length.isLocal(view.rawParentLength(j)) ? "here" : hex(view, at, length)));
        at += length;
      }
      tasks.add(new Task(view.task(i), parents, hex(view, at, view.length(i))));
      at += view.length(i);
    }
    return tasks;
  }

  private static String hex(FrameView view, int at, int length) {
    return java.util.HexFormat.of().formatHex(view.array(), at, at + length);
  }
}
