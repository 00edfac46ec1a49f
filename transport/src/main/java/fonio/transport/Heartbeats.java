package fonio.transport;

import java.time.Duration;

/**
 * When a side of a link must say something, and when the other was silent too long.
 *
 * <p>A core without a clock. Silence while this process stood still itself is forgiven: what the
 * others said then may wait unread, so nobody is late before another whole period has passed.
 */
public final class Heartbeats {
  private final long beatNanos;
  private final long lostNanos;
  private long lastTickNanos;
  private long forgivenUntilNanos;

  /**
   * Beats and deadlines from a moment on.
   *
   * @param beat how often a side says something
   * @param lost after how long a silent one is late
   */
  public Heartbeats(Duration beat, Duration lost, long nowNanos) {
    this.beatNanos = beat.toNanos();
    this.lostNanos = lost.toNanos();
    this.lastTickNanos = nowNanos;
    this.forgivenUntilNanos = nowNanos;
  }

  /**
   * Notes the time, after all that came was read; to be called several times a beat.
   *
   * @return for how long this process had stood still, 0 when it had not
   */
  public long tick(long nowNanos) {
    long gap = nowNanos - lastTickNanos;
    lastTickNanos = nowNanos;
    if (Math.abs(gap) <= Math.min(beatNanos, lostNanos / 3)) {
      return 0;
    }
    forgivenUntilNanos = nowNanos;
    return Math.abs(gap);
  }

  /** Whether a peer that was heard at a time last is late. */
  public boolean isLate(long heardAtNanos, long nowNanos) {
    return nowNanos - heardAtNanos > lostNanos && nowNanos - forgivenUntilNanos > lostNanos;
  }

  /** Whether this side, which said something at a time last, must say something again. */
  public boolean mustSpeak(long saidAtNanos, long nowNanos) {
    return nowNanos - saidAtNanos >= beatNanos;
  }

  /** How long a loop may sleep between two ticks. */
  public long tickNanos() {
    return Math.min(beatNanos, lostNanos / 3) / 2;
  }
}
