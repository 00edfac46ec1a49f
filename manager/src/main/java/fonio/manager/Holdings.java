package fonio.manager;

import fonio.pool.Pool;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import java.util.Arrays;

/** The tasks that a manager has at a moment, each with its attempt. */
final class Holdings {
  private static final int MOST_IN_FRAME = 4096;
  private static final int LAST = 1;

  private long[] tasks = new long[64];
  private int[] attempts = new int[64];
  private int size;

  private Holdings() {}

  /** Those that wait. */
  static Holdings of(WaitingTasks waiting) {
    Holdings holdings = new Holdings();
    waiting.forEach(holdings::add);
    return holdings;
  }

  /** Those that workers have, and those that wait. */
  static Holdings of(Pool pool, WaitingTasks waiting) {
    Holdings holdings = new Holdings();
    pool.forEachTask(holdings::add);
    waiting.forEach(holdings::add);
    return holdings;
  }

  private void add(long task, int attempt) {
    if (size == tasks.length) {
      tasks = Arrays.copyOf(tasks, 2 * size);
      attempts = Arrays.copyOf(attempts, 2 * size);
    }
    tasks[size] = task;
    attempts[size++] = attempt;
  }

  /** Tells each task, the last first. */
  void youngestFirst(Pool.TaskConsumer consumer) {
    for (int i = size - 1; i >= 0; i--) {
      consumer.accept(tasks[i], attempts[i]);
    }
  }

  /** Writes HOLDS frames, one at least. */
  void tell(FrameWriter writer) {
    int from = 0;
    do {
      int count = Math.min(MOST_IN_FRAME, size - from);
      boolean last = from + count == size;
      writer
          .begin(Kind.HOLDS, last ? LAST : 0, count, 0)
          .ids(tasks, from, 0)
          .attempts(attempts, from)
          .end();
      from += count;
    } while (from < size);
  }
}
