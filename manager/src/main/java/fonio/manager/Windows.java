package fonio.manager;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * How many tasks of each class a manager wants to have, from measured task lengths: a core that
 * says what has changed.
 */
final class Windows {
  private static final int MOST = 2048;

  /** Tasks that are this long lose little by the time that the next one takes to come. */
  private static final long LONG_NANOS = 50_000_000;

  private final long targetNanos;
  private final int prefetch;
  private final Map<Integer, Integer> limits = new HashMap<>();
  private final BitSet classes = new BitSet();
  private final Map<Integer, Integer> told = new HashMap<>();
  private int toldWorkers = -1;

  /**
   * @param targetNanos work that should lie ready for a worker
   * @param prefetch tasks that should lie ready for the node beyond that
   */
  Windows(long targetNanos, int prefetch) {
    this.targetNanos = targetNanos;
    this.prefetch = prefetch;
  }

  void knows(int classId) {
    classes.set(classId);
  }

  /** Learns of a class of whose tasks so many can run at a time. */
  void knows(int classId, int most) {
    knows(classId);
    limits.put(classId, most);
  }

  /** The interchange knows nothing any more. */
  void forget() {
    told.clear();
    toldWorkers = -1;
  }

  /**
   * What the interchange must hear, in lines; empty for nothing.
   *
   * @param workers those that have tasks that name nothing
   */
  Map<String, String> changes(int workers, IntToLongFunction meanNanos) {
    Map<String, String> lines = new LinkedHashMap<>();
    if (workers != toldWorkers) {
      toldWorkers = workers;
      told.clear();
      lines.put("workers", Integer.toString(workers));
      lines.put("window", Integer.toString(workers + prefetch));
    }
    for (int c = classes.nextSetBit(0); c >= 0; c = classes.nextSetBit(c + 1)) {
      long mean = meanNanos.applyAsLong(c);
      int most = limits.getOrDefault(c, workers);
      if (mean >= 0 || most != workers) {
        int window = window(most, mean < 0 ? LONG_NANOS : mean);
        int before = told.getOrDefault(c, 0);
        boolean near = mean >= 0 && 2L * Math.abs(window - before) <= before;
        if (window != before && !near) {
          told.put(c, window);
          lines.put("window." + c, Integer.toString(window));
        }
      }
    }
    return lines;
  }

  private int window(int workers, long mean) {
    long least = mean < LONG_NANOS ? 2 : 1;
    long each = Math.clamp(targetNanos / Math.max(1, mean), least, MOST);
    return (int) Math.min(workers * each + prefetch, 1 << 24);
  }
}
