package fonio.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The time at which a test stops waiting for an event and fails.
 *
 * @param nanos the time, as {@link System#nanoTime()} counts it
 */
public record Deadline(long nanos) {
  private static final long POLL_NANOS = 200_000;

  /** One that is so far ahead. */
  public static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** Whether the time is over. */
  public boolean isOver() {
    return System.nanoTime() - nanos > 0;
  }

  /**
   * Fails the test if the time is over.
   *
   * @param what the event
   */
  public void check(String what) {
    if (isOver()) {
      throw new AssertionError("too late: " + what);
    }
  }

  /**
   * Waits until something is true.
   *
   * @param what the event
   */
  public void await(String what, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      check(what);
      LockSupport.parkNanos(this, POLL_NANOS);
    }
  }
}
