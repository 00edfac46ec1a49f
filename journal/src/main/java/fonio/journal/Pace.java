package fonio.journal;

/**
 * When the next group may begin, and when a failed one is tried again; nanoseconds of one clock.
 */
final class Pace {
  private static final int MOST_DOUBLINGS = 5;

  private final long delayNanos;
  private final long retryNanos;
  private long nextNanos;
  private int failures;

  Pace(long delayNanos, long retryNanos, long nowNanos) {
    this.delayNanos = delayNanos;
    this.retryNanos = retryNanos;
    nextNanos = nowNanos;
  }

  /** A group is begun. */
  void began(long nowNanos) {
    nextNanos = nowNanos + delayNanos;
  }

  /** The group is on disk. */
  void succeeded() {
    failures = 0;
  }

  void failed(long nowNanos) {
    nextNanos = nowNanos + (retryNanos << Math.min(failures, MOST_DOUBLINGS));
    failures++;
  }

  /** Lets the next group begin at once. */
  void hurry(long nowNanos) {
    nextNanos = nowNanos;
  }

  /** How long to wait yet; not more than 0 when the next group may begin. */
  long waitNanos(long nowNanos) {
    return nextNanos - nowNanos;
  }
}
