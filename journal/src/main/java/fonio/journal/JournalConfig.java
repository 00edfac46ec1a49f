package fonio.journal;

import java.time.Duration;

/**
 * How a journal is written.
 *
 * @param segmentBytes the size of a file at most, and so of a record. Too small: many files, and
 *     large records are refused; too large: what is no longer needed stays long on the disk
 * @param bufferBytes from so many bytes on that are not yet durable the journal is full. Too small:
 *     the owner stops for each group; too large: memory
 * @param maxDelay under load a group is begun when the group before is on disk, and at most once in
 *     this time. Too short: groups of few records; too long: whoever waits for one record waits
 * @param fsync what durable means
 * @param retryAfter after a failure, writing is tried again after this time; longer and longer, up
 *     to 32 times as long
 */
public record JournalConfig(
    int segmentBytes, int bufferBytes, Duration maxDelay, Fsync fsync, Duration retryAfter) {
  private static final int LEAST_SEGMENT_BYTES = 128;
  private static final int MOST_SEGMENT_BYTES = 1 << 30;

  /** Checks the values. */
  public JournalConfig {
    if (segmentBytes < LEAST_SEGMENT_BYTES || segmentBytes > MOST_SEGMENT_BYTES) {
      throw new IllegalArgumentException(
          "segmentBytes="
              + segmentBytes
              + " is not between "
              + LEAST_SEGMENT_BYTES
              + " and "
              + MOST_SEGMENT_BYTES
              + "; the default is 67108864");
    }
    if (bufferBytes < 1) {
      throw new IllegalArgumentException(
          "bufferBytes=" + bufferBytes + " is less than 1; the default is 16777216");
    }
    if (maxDelay.isNegative() || retryAfter.isNegative() || retryAfter.isZero()) {
      throw new IllegalArgumentException(
          "maxDelay="
              + maxDelay
              + ", retryAfter="
              + retryAfter
              + ": the first must not be negative, the second must be more than zero");
    }
  }

  /** Segments of 64 MiB, a buffer of 16 MiB, a group a millisecond, every group forced. */
  public static JournalConfig defaults() {
    return new JournalConfig(
        64 << 20, 16 << 20, Duration.ofMillis(1), Fsync.EACH_GROUP, Duration.ofSeconds(1));
  }

  /** The same with another policy. */
  public JournalConfig with(Fsync policy) {
    return new JournalConfig(segmentBytes, bufferBytes, maxDelay, policy, retryAfter);
  }

  /** The same with other sizes. */
  public JournalConfig withBytes(int ofSegment, int ofBuffer) {
    return new JournalConfig(ofSegment, ofBuffer, maxDelay, fsync, retryAfter);
  }

  /** The same with other times. */
  public JournalConfig withTimes(Duration delay, Duration retry) {
    return new JournalConfig(segmentBytes, bufferBytes, delay, fsync, retry);
  }

  /** The longest payload of a record. */
  public int mostPayloadBytes() {
    return segmentBytes - SegmentHeader.BYTES - Mark.BYTES - Layout.RECORD_BYTES;
  }
}
