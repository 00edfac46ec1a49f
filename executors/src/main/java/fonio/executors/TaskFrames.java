package fonio.executors;

import fonio.wire.Fault;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Length;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes TASKS frames: arguments, and the results of parents spliced in before them.
 *
 * <p>A frame is measured first, then written. It is cut at about {@link #MOST_BYTES}, as a worker
 * begins when all of a frame is there; but between a task and the parent that it takes from the
 * worker itself only where both together are too large for a frame.
 */
final class TaskFrames {
  static final int MOST_BYTES = 1 << 20;

  /** What the payloads of one task may have: a frame with its columns is well below its limit. */
  static final int MOST_TASK_BYTES = 128 << 20;

  private final Payloads payloads;
  private final int[] lengths;
  private final int[] parentCounts;
  private int[] parents = new int[64];
  private int[] parentLengths = new int[64];
  private int count;
  private int total;
  private boolean hasLocalParent;

  TaskFrames(Payloads payloads, int most) {
    this.payloads = payloads;
    this.lengths = new int[most];
    this.parentCounts = new int[most];
  }

  /**
   * Measures the next frame: tasks from an index on, in their order, as many as its bytes allow.
   *
   * @return the index of the first task that is not in it; {@code from} itself when that one alone
   *     is too large for a frame
   */
  int measure(long[] tasks, int from, int to) {
    count = 0;
    total = 0;
    long bytes = 0;
    for (int at = from; at < to; at++) {
      int before = total;
      bytes += measureTask(tasks, from, at);
      boolean first = at == from;
      if (bytes > MOST_TASK_BYTES || (!first && bytes > MOST_BYTES && !hasLocalParent)) {
        total = before;
        return at;
      }
      count++;
    }
    return to;
  }

  private long measureTask(long[] tasks, int from, int at) {
    long task = tasks[at];
    int own = payloads.parentCount(task);
    lengths[at - from] = payloads.argumentLength(task);
    parentCounts[at - from] = own;
    hasLocalParent = false;
    long bytes = Length.bytes(lengths[at - from]);
    for (int place = 0; place < own; place++) {
      long parent = payloads.parent(task, place);
      boolean local = at > from && tasks[at - 1] == parent;
      int length = local ? Length.LOCAL : payloads.resultLength(parent);
      hasLocalParent |= local;
      bytes += Length.bytes(length);
      addParent(parent, length);
    }
    return bytes;
  }

  private void addParent(long parent, int length) {
    if (total == parents.length) {
      parents = Arrays.copyOf(parents, total * 2);
      parentLengths = Arrays.copyOf(parentLengths, total * 2);
    }
    parents[total] = (int) parent;
    parentLengths[total++] = length;
  }

  /** That a task alone is too large for a frame. */
  Fault tooLarge(long task) {
    String message =
        "the arguments of task %d and the results of its %d parents are more than %d MiB; give it fewer, or larger ones, which travel by reference"
            .formatted(task, payloads.parentCount(task), MOST_TASK_BYTES >> 20);
    return new Fault("TaskTooLarge", message, Map.of("task", "" + task));
  }

  /** Writes the frame that was measured last, from the same index. */
  void write(FrameWriter writer, int classId, long[] tasks, int from) {
    begin(writer, classId, tasks, from);
    payloads(writer, tasks, from);
  }

  /** Writes the frame that was measured last, with the tasks' attempts, from the same index. */
  void write(FrameWriter writer, int classId, long[] tasks, int[] attempts, int from) {
    begin(writer, classId, tasks, from).attempts(attempts, from);
    payloads(writer, tasks, from);
  }

  private FrameWriter begin(FrameWriter writer, int classId, long[] tasks, int from) {
    writer
        .begin(Kind.TASKS, classId, count, (int) tasks[from])
        .ids(tasks, from, 0)
        .lengths(lengths, 0);
    return total > 0 ? writer.parents(parentCounts, parents, parentLengths) : writer;
  }

  private void payloads(FrameWriter writer, long[] tasks, int from) {
    int next = 0;
    for (int i = 0; i < count; i++) {
      long task = tasks[from + i];
      for (int place = 0; place < parentCounts[i]; place++, next++) {
        if (parentLengths[next] != 0 && !Length.isLocal(parentLengths[next])) {
          payloads.putResult(payloads.parent(task, place), writer);
        }
      }
      if (lengths[i] != 0) {
        payloads.putArguments(task, writer);
      }
    }
    writer.end();
  }
}
