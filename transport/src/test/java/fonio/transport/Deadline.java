package fonio.transport;

import java.time.Duration;

/** A bound for a test that waits for an event. */
record Deadline(long nanos) {
  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  void check(String what) {
    if (System.nanoTime() - nanos > 0) {
      throw new AssertionError("too late: " + what);
    }
  }
}
