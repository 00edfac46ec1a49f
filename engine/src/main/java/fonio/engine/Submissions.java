package fonio.engine;

import fonio.kernel.Kernel;
import fonio.wire.Flag;
import fonio.wire.FrameView;

/** The way in: the tasks of SUBMIT frames become rows of the kernel and bytes in the task table. */
final class Submissions {
  private final Kernel kernel;
  private final TaskTable table;
  private final Account account;
  private long[] parentIds = new long[64];
  private boolean asksMemory;

  Submissions(Kernel kernel, TaskTable table, Account account) {
    this.kernel = kernel;
    this.table = table;
    this.account = account;
  }

  /** From now on a task with a memo key asks for a stored result before it runs. */
  void askMemory() {
    asksMemory = true;
  }

  /** Takes the tasks of a frame. */
  void take(FrameView frame) {
    int count = frame.count();
    long first = Integer.toUnsignedLong(frame.first());
    account.submitted += count;
    boolean keys = frame.extensionLength() > 0;
    if (keys && frame.extensionLength() != count * Batch.KEY_BYTES) {
      throw new IllegalArgumentException(
          "a SUBMIT of " + count + " tasks has " + frame.extensionLength() + " bytes of memo keys");
    }
    Batch batch = Batches.of(frame);
    table.submitted(first, count, batch);
    if (!keys && !frame.has(Flag.DEPENDENCIES)) {
      takeRuns(frame, first, count);
    } else {
      for (int i = 0; i < count; i++) {
        take(frame, batch, first + i, i);
      }
    }
  }

  /** Tasks that wait for nothing: as many at once as are of one class. */
  private void takeRuns(FrameView frame, long first, int count) {
    int from = 0;
    while (from < count) {
      int classId = frame.classOf(from);
      int to = from + 1;
      while (to < count && frame.classOf(to) == classId) {
        to++;
      }
      kernel.submit(first + from, to - from, classId);
      from = to;
    }
  }

  /** Takes the i-th task of a frame. */
  void take(FrameView frame, Batch batch, long task, int i) {
    int parents = frame.parentCount(i);
    if (parents > parentIds.length) {
      parentIds = new long[Math.max(parents, parentIds.length * 2)];
    }
    for (int p = 0; p < parents; p++) {
      long parent = frame.parent(frame.firstParent(i) + p);
      if (!kernel.knows(parent)) {
        throw new IllegalArgumentException(
            "task "
                + task
                + " names task "
                + parent
                + " as its parent, which is unknown or already released");
      }
      parentIds[p] = parent;
    }
    for (int p = 0; p < parents; p++) {
      table.pin(parentIds[p]);
    }
    int flags = asksMemory && batch.memoKey(task) != null ? Kernel.LOOK_UP : 0;
    kernel.submit(task, frame.classOf(i), parentIds, 0, parents, flags);
  }
}
