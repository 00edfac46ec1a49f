package fonio.pool;

import java.util.Arrays;

/**
 * How many tasks of a class a worker may have: about {@code targetNanos} of work, from measured
 * task lengths.
 *
 * <p>A class that was never measured gets one task per idle worker, so that a few long ones never
 * stand behind each other.
 */
final class Credit {
  private static final long UNMEASURED = -1;
  private static final long LONG_NANOS = 5_000_000;
  private static final int MOST = 1024;

  private final long targetNanos;
  private long[] meanNanos = new long[16];

  Credit(long targetNanos) {
    this.targetNanos = targetNanos;
    Arrays.fill(meanNanos, UNMEASURED);
  }

  /** Learns that so many tasks of a class took so long together. */
  void learn(int classId, int tasks, long nanos) {
    if (classId >= meanNanos.length) {
      int old = meanNanos.length;
      meanNanos = Arrays.copyOf(meanNanos, Math.max(classId + 1, old * 2));
      Arrays.fill(meanNanos, old, meanNanos.length, UNMEASURED);
    }
    long sample = Math.max(1, nanos / tasks);
    long mean = meanNanos[classId];
    if (mean == UNMEASURED) {
      meanNanos[classId] = sample;
    } else {
      meanNanos[classId] = sample < mean ? (mean + sample) / 2 : (7 * mean + 3 * sample) / 10;
    }
  }

  /** The measured length of a task of a class; -1 while none has been measured. */
  long meanNanos(int classId) {
    return mean(classId);
  }

  /** The estimated length of a task of a class. */
  long estimateNanos(int classId) {
    long mean = mean(classId);
    return mean == UNMEASURED ? targetNanos : mean;
  }

  /**
   * How many more tasks of a class a worker may be sent.
   *
   * @param has how many tasks it has
   * @param queuedNanos how long those will take
   */
  int room(int classId, int has, long queuedNanos) {
    long mean = mean(classId);
    if (mean == UNMEASURED) {
      return has == 0 ? 1 : 0;
    }
    int least = Math.max(0, (mean >= LONG_NANOS ? 1 : 2) - has);
    long byTime = (targetNanos - queuedNanos) / Math.max(1, mean);
    return Math.clamp(byTime, least, Math.max(least, MOST - has));
  }

  private long mean(int classId) {
    return classId < meanNanos.length ? meanNanos[classId] : UNMEASURED;
  }
}
