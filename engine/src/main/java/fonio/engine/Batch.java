package fonio.engine;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of one SUBMIT frame: consecutive ids, their argument bytes, and the parents of each.
 *
 * <p>One object a frame, none a task. {@code live} counts the tasks that have not ended; the batch
 * is dropped when it reaches zero.
 */
final class Batch {

  /** Argument bytes of all tasks, one after the other. */
  final byte[] blob;

  private final long first;
  private final int @Nullable [] starts;
  private final int @Nullable [] lengths;
  private final int @Nullable [] parentStarts;
  private final long @Nullable [] parents;
  private final byte @Nullable [] memoKeys;
  int live;

  /**
   * @param first id of the first task
   * @param count number of tasks
   * @param lengths length column as on the wire (bit 31: a segment reference), or null when every
   *     payload is empty
   * @param parentStarts {@code count + 1} positions in {@code parents}, or null when no task has a
   *     parent
   * @param memoKeys {@link #KEY_BYTES} bytes for each task, or null when none is memoized
   */
  Batch(
      long first,
      int count,
      byte[] blob,
      int @Nullable [] lengths,
      int @Nullable [] parentStarts,
      long @Nullable [] parents,
      byte @Nullable [] memoKeys) {
    this.first = first;
    this.blob = blob;
    this.lengths = lengths;
    this.parentStarts = parentStarts;
    this.parents = parents;
    this.memoKeys = memoKeys;
    this.live = count;
    this.starts = lengths == null ? null : starts(lengths);
  }

  static final int KEY_BYTES = 32;

  /** Whether looking a task up here can yield anything. */
  boolean hasContent() {
    return lengths != null || parents != null || memoKeys != null;
  }

  int lengthColumn(long task) {
    return lengths == null ? 0 : lengths[index(task)];
  }

  int start(long task) {
    return starts == null ? 0 : starts[index(task)];
  }

  int parentCount(long task) {
    if (parentStarts == null) {
      return 0;
    }
    int i = index(task);
    return parentStarts[i + 1] - parentStarts[i];
  }

  long parent(long task, int which) {
    if (parentStarts == null || parents == null) {
      throw new IllegalArgumentException("task " + task + " has no parents");
    }
    return parents[parentStarts[index(task)] + which];
  }

  /** The task's memo key, or null when it has none (all zero on the wire). */
  byte @Nullable [] memoKey(long task) {
    if (memoKeys == null) {
      return null;
    }
    int at = index(task) * KEY_BYTES;
    byte[] key = java.util.Arrays.copyOfRange(memoKeys, at, at + KEY_BYTES);
    for (byte b : key) {
      if (b != 0) {
        return key;
      }
    }
    return null;
  }

  private int index(long task) {
    return (int) (task - first);
  }

  private static int[] starts(int[] lengths) {
    int[] starts = new int[lengths.length];
    int at = 0;
    for (int i = 0; i < lengths.length; i++) {
      starts[i] = at;
      at += lengths[i] & Integer.MAX_VALUE;
    }
    return starts;
  }
}
