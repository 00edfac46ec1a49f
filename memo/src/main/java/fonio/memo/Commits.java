package fonio.memo;

import java.time.Duration;

/**
 * When kept results become durable.
 *
 * @param mode the moment
 * @param period for {@link Mode#PERIODIC}: at most so much work is lost by a kill. Too short: the
 *     disk is busy; too long: more is run again
 */
public record Commits(Mode mode, Duration period) {
  /** The moments. */
  public enum Mode {
    /** Within some tens of milliseconds after each task. */
    EACH,
    /** Once in each period. */
    PERIODIC,
    /** When the run ends in good order. */
    AT_END,
    /** When the user asks. */
    MANUAL
  }

  private static final long IDLE_MILLIS = 60_000;
  private static final long GATHER_MILLIS = 20;

  /** Whether results are to be committed, so long after the commit before. */
  boolean areDue(long sinceNanos) {
    return switch (mode) {
      case EACH -> sinceNanos >= GATHER_MILLIS * 1_000_000;
      case PERIODIC -> sinceNanos >= period.toNanos();
      case AT_END, MANUAL -> false;
    };
  }

  /**
   * How long the store may wait for something to do.
   *
   * @param pending whether results wait for a commit
   */
  long pollMillis(boolean pending) {
    return switch (mode) {
      case EACH -> pending ? GATHER_MILLIS : IDLE_MILLIS;
      case PERIODIC -> Math.max(1, period.toMillis() / 4);
      case AT_END, MANUAL -> IDLE_MILLIS;
    };
  }
}
