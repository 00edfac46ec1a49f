package fonio.blocks;

import java.util.List;

/**
 * When the batch system is asked how jobs are: in the usual period, and while there is a block that
 * no manager has come to, also 1, 2, 4, 8 s and so on after the youngest of those was accepted or
 * began to run.
 */
final class StatusPace {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private boolean asked;
  private long askedAtNanos;

  /** It is asked now, of all blocks at once. */
  void asked(long nowNanos) {
    asked = true;
    askedAtNanos = nowNanos;
  }

  /** How long to wait until it is asked again. */
  long dueNanos(List<Block> blocks, long periodNanos, long nowNanos) {
    if (!asked) {
      return 0;
    }
    long sinceNanos = nowNanos - askedAtNanos;
    long ageThenNanos = Math.max(0, youngestNanos(blocks, nowNanos) - sinceNanos);
    long pauseNanos = Math.min(periodNanos, Math.max(SECOND_NANOS, ageThenNanos));
    return Math.max(0, pauseNanos - sinceNanos);
  }

  private static long youngestNanos(List<Block> blocks, long nowNanos) {
    return blocks.stream()
        .filter(block -> !block.job.isEmpty() && !block.connected)
        .mapToLong(block -> nowNanos - block.sinceNanos)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
