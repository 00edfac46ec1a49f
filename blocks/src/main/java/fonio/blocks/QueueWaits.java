package fonio.blocks;

import java.util.ArrayDeque;

/** How long blocks of this run waited for their nodes. */
final class QueueWaits {
  private static final int REMEMBERED = 9;
  private static final long UNKNOWN_NANOS = 60_000_000_000L;
  private static final long LEAST_NANOS = 10_000_000_000L;

  private final ArrayDeque<Long> recentNanos = new ArrayDeque<>();

  void add(long nanos) {
    if (recentNanos.size() == REMEMBERED) {
      recentNanos.remove();
    }
    recentNanos.add(nanos);
  }

  /** The median of the last nine, at least 10 s; a minute before the first. */
  long typicalNanos() {
    if (recentNanos.isEmpty()) {
      return UNKNOWN_NANOS;
    }
    long median = recentNanos.stream().sorted().skip(recentNanos.size() / 2).findFirst().orElse(0L);
    return Math.max(LEAST_NANOS, median);
  }
}
