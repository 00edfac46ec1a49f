package fonio.engine;

import java.util.List;

/** Waits for threads to end, and keeps an interrupt for later. */
final class Joined {
  private static final long LONGEST_JOIN_MILLIS = 1000;

  private Joined() {}

  /** Waits as long as it takes. */
  static void all(List<? extends Thread> threads) {
    all(threads, Long.MAX_VALUE);
  }

  /** Waits for all of them together, but no longer than that. */
  static void all(List<? extends Thread> threads, long longestNanos) {
    long beganNanos = System.nanoTime();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive() && System.nanoTime() - beganNanos < longestNanos) {
        try {
          thread.join(LONGEST_JOIN_MILLIS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
