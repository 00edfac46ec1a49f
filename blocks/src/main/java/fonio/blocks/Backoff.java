package fonio.blocks;

/** How long to wait before the next block, after blocks that died young: 1, 2, 4 .. 60 s. */
final class Backoff {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int MOST_DOUBLINGS = 6;
  private static final long LONGEST_NANOS = 60 * SECOND_NANOS;

  private int failures;
  private boolean waiting;
  private long notBeforeNanos;

  /** A block died young. Those that die while one waits are of the same misfortune. */
  void failed(long nowNanos) {
    if (isOver(nowNanos)) {
      long waitNanos = Math.min(LONGEST_NANOS, SECOND_NANOS << Math.min(failures, MOST_DOUBLINGS));
      waiting = true;
      notBeforeNanos = nowNanos + waitNanos;
      failures++;
    }
  }

  /** A block lived: the next wait is short again. One that has begun goes on. */
  void succeeded() {
    failures = 0;
  }

  boolean isOver(long nowNanos) {
    return remainingNanos(nowNanos) == 0;
  }

  long remainingNanos(long nowNanos) {
    return waiting ? Math.max(0, notBeforeNanos - nowNanos) : 0;
  }
}
