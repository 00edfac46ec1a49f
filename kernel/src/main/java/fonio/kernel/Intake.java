package fonio.kernel;

import java.util.Arrays;

/** The way in: checks what is submitted, gives it rows, and lets it wait, fail or proceed. */
final class Intake {

  private final Rows rows;
  private final Classes classes;
  private final Graph graph;
  private int[] parentRows = new int[16];

  Intake(Rows rows, Classes classes, Graph graph) {
    this.rows = rows;
    this.classes = classes;
    this.graph = graph;
  }

  void submit(long first, int count, int classId) {
    boolean promise = classes.options(classId).promise();
    checkNext(first);
    if (count < 0) {
      throw new IllegalArgumentException("count is " + count + "; it cannot be negative");
    }
    for (int left = count; left > 0; ) {
      int part = Math.min(left, rows.room());
      if (promise) {
        rows.append(part, classId, TaskState.PROMISED, 0);
      } else {
        int row = rows.append(part, classId, TaskState.READY, Rows.QUEUED);
        classes.queue(classId).append(row, row + part - 1, part);
      }
      left -= part;
    }
  }

  void submit(long task, int classId, long[] parents, int from, int to, int flags) {
    classes.options(classId);
    checkNext(task);
    if ((flags & ~Kernel.LOOK_UP) != 0) {
      throw new IllegalArgumentException(
          "flags are " + flags + " for task " + task + "; use 0 or Kernel.LOOK_UP");
    }
    int failed = findParents(task, parents, from, to);
    int lookUp = (flags & Kernel.LOOK_UP) != 0 ? Rows.LOOK_UP : 0;
    int row = rows.append(1, classId, TaskState.WAITING, lookUp);
    if (failed != Rows.NONE) {
      graph.endStillborn(row, rows.cause(failed));
      return;
    }
    for (int i = 0; i < to - from; i++) {
      if (!rows.in(parentRows[i], TaskState.ENDED_WELL)) {
        graph.depend(row, parentRows[i]);
      }
    }
    if (rows.unmet(row) == 0) {
      graph.proceed(row);
    }
  }

  private void checkNext(long task) {
    long next = rows.lastTask() + 1;
    if (task != next) {
      throw new IllegalArgumentException(
          "task " + task + " cannot be the next one; tasks are consecutive, the next is " + next);
    }
  }

  /** Notes the rows of the parents: the first one that ended badly, else NONE. */
  private int findParents(long task, long[] parents, int from, int to) {
    if (to - from > parentRows.length) {
      parentRows = Arrays.copyOf(parentRows, Math.max(to - from, 2 * parentRows.length));
    }
    int failed = Rows.NONE;
    for (int i = from; i < to; i++) {
      int row = rows.row(parents[i]);
      if (row == Rows.NONE) {
        throw new IllegalArgumentException(
            "task %d depends on task %d, which is unknown; release a task after its last dependant"
                .formatted(task, parents[i]));
      }
      if (failed == Rows.NONE && rows.in(row, TaskState.ENDED_BADLY)) {
        failed = row;
      }
      parentRows[i - from] = row;
    }
    return failed;
  }
}
