package fonio.executors;

import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Length;
import java.util.Arrays;

/** Writes TASKS frames: arguments, and the results of parents spliced in before them. */
final class TaskFrames {
  private final Payloads payloads;
  private final int[] lengths;
  private final int[] parentCounts;
  private int[] parents = new int[64];
  private int[] parentLengths = new int[64];

  TaskFrames(Payloads payloads, int most) {
    this.payloads = payloads;
    this.lengths = new int[most];
    this.parentCounts = new int[most];
  }

  /** Writes one frame with the first {@code count} tasks, in their order. */
  void write(FrameWriter writer, int classId, long[] tasks, int count) {
    int total = 0;
    for (int i = 0; i < count; i++) {
      lengths[i] = payloads.argumentLength(tasks[i]);
      int own = payloads.parentCount(tasks[i]);
      parentCounts[i] = own;
      for (int p = 0; p < own; p++) {
        addParent(total++, payloads.parent(tasks[i], p), tasks, i);
      }
    }
    writer.begin(Kind.TASKS, classId, count, (int) tasks[0]).ids(tasks, 0, 0).lengths(lengths, 0);
    if (total == 0) {
      for (int i = 0; i < count; i++) {
        if (lengths[i] != 0) {
          payloads.putArguments(tasks[i], writer);
        }
      }
    } else {
      writer.parents(parentCounts, parents, parentLengths);
      putAll(writer, tasks, count);
    }
    writer.end();
  }

  private void putAll(FrameWriter writer, long[] tasks, int count) {
    int at = 0;
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < parentCounts[i]; p++, at++) {
        if (parentLengths[at] != 0 && !Length.isLocal(parentLengths[at])) {
          payloads.putResult(payloads.parent(tasks[i], p), writer);
        }
      }
      if (lengths[i] != 0) {
        payloads.putArguments(tasks[i], writer);
      }
    }
  }

  private void addParent(int at, long parent, long[] tasks, int before) {
    if (at == parents.length) {
      parents = Arrays.copyOf(parents, at * 2);
      parentLengths = Arrays.copyOf(parentLengths, at * 2);
    }
    parents[at] = (int) parent;
    parentLengths[at] =
        isLocal(parent, tasks, before) ? Length.LOCAL : payloads.resultLength(parent);
  }

  /** A parent that was sent ahead of its dependant stands right before it, or a little further. */
  private static boolean isLocal(long parent, long[] tasks, int before) {
    return before > 0 && tasks[before - 1] == parent;
  }
}
