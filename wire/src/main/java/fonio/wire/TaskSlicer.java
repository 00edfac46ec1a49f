package fonio.wire;

/**
 * A writer of parts of TASKS frames: some tasks that follow each other, as a frame of their own.
 *
 * <p>Their bytes are copied as they are, and as one piece. The attempts stay behind: a worker needs
 * none.
 */
public final class TaskSlicer {
  private long[] ids = new long[64];
  private int[] lengths = new int[64];
  private int[] parentCounts = new int[64];
  private int[] parents = new int[64];
  private int[] parentLengths = new int[64];

  /**
   * Where a part that would end before an index may end: a task that takes its parent from the
   * worker itself stays with the one before it.
   */
  public static int cut(FrameView frame, int before) {
    int to = before;
    while (to < frame.count() && takesLocal(frame, to)) {
      to++;
    }
    return to;
  }

  private static boolean takesLocal(FrameView frame, int task) {
    int first = frame.firstParent(task);
    for (int j = first; j < first + frame.parentCount(task); j++) {
      if (Length.isLocal(frame.rawParentLength(j))) {
        return true;
      }
    }
    return false;
  }

  /** Appends the tasks from one index to before another as a frame. */
  public void write(FrameWriter writer, FrameView frame, int from, int to) {
    int count = to - from;
    reserve(count);
    for (int i = 0; i < count; i++) {
      ids[i] = frame.task(from + i);
      lengths[i] = frame.rawLength(from + i);
      parentCounts[i] = frame.parentCount(from + i);
    }
    writer
        .begin(Kind.TASKS, frame.classId(), count, (int) ids[0])
        .ids(ids, 0, 0)
        .lengths(lengths, 0);
    if (frame.parentTotal() > 0) {
      int first = frame.firstParent(from);
      int after = to == frame.count() ? frame.parentTotal() : frame.firstParent(to);
      reserveParents(after - first);
      for (int j = first; j < after; j++) {
        parents[j - first] = (int) frame.parent(j);
        parentLengths[j - first] = frame.rawParentLength(j);
      }
      writer.parents(parentCounts, parents, parentLengths);
    }
    int start = frame.taskOffset(from);
    writer.payload(frame.array(), start, frame.taskOffset(to) - start).end();
  }

  private void reserve(int count) {
    if (count > ids.length) {
      int size = Math.max(count, 2 * ids.length);
      ids = new long[size];
      lengths = new int[size];
      parentCounts = new int[size];
    }
  }

  private void reserveParents(int count) {
    if (count > parents.length) {
      parents = new int[Math.max(count, 2 * parents.length)];
      parentLengths = new int[parents.length];
    }
  }
}
