package fonio.interchange;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who probably has a task: a small table that forgets, for those who would have to ask everybody.
 *
 * <p>Four tasks whose numbers follow each other share a place, and the last word counts.
 */
final class Hints<T> {
  private static final int SHARED_BITS = 2;
  private static final int SMALLEST = 1 << 10;
  private static final int LARGEST = 1 << 20;

  private @Nullable Object[] holders = {null};

  /** Notes who has tasks now; so many tasks are out in all. */
  void put(long[] tasks, int from, int count, T holder, int out) {
    if (holders.length < LARGEST && holders.length < out >> (SHARED_BITS - 1)) {
      grow(out);
    }
    int mask = holders.length - 1;
    int last = -1;
    for (int i = from; i < from + count; i++) {
      int at = (int) (tasks[i] >>> SHARED_BITS) & mask;
      if (at != last) {
        holders[at] = holder;
        last = at;
      }
    }
  }

  /** What was noted is copied to every place where it may be looked for now. */
  private void grow(int out) {
    @Nullable Object[] before = holders;
    int wanted = Integer.highestOneBit(Math.max(1, out)) << 1;
    holders = Arrays.copyOf(before, Math.clamp(wanted, SMALLEST, LARGEST));
    for (int to = before.length; to < holders.length; to += before.length) {
      System.arraycopy(before, 0, holders, to, before.length);
    }
  }

  /** Who was noted last for a task or for one that shares its place, null for nobody. */
  @SuppressWarnings("unchecked") // only put stores
  @Nullable T get(long task) {
    return (T) holders[(int) (task >>> SHARED_BITS) & (holders.length - 1)];
  }
}
