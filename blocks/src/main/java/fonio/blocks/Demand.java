package fonio.blocks;

/**
 * What there is to do.
 *
 * @param outstandingTasks tasks that wait or run
 * @param meanTaskNanos how long a task takes, 0 when unknown
 */
public record Demand(long outstandingTasks, long meanTaskNanos) {
  /** Nothing to do. */
  public static final Demand NONE = new Demand(0, 0);

  public Demand {
    if (outstandingTasks < 0 || meanTaskNanos < 0) {
      throw new IllegalArgumentException(
          "demand: outstandingTasks="
              + outstandingTasks
              + ", meanTaskNanos="
              + meanTaskNanos
              + ": neither may be negative");
    }
  }
}
