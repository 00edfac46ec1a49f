package inference;

import java.util.Locale;

/**
 * What a run cost: tasks, the seconds they worked as measured inside them, and the seconds it all
 * took.
 */
record Account(int tasks, int workers, double workSeconds, double wallSeconds) {

  @Override
  public String toString() {
    double task = workSeconds / tasks * 1e6;
    double apart = (workers * wallSeconds - workSeconds) / tasks * 1e6;
    return String.format(
        Locale.ROOT,
        "%,d tasks of %.0f us in %.2f s on %d threads: %,.0f a second; %.1f us a task were not"
            + " work; efficiency %.0f %%",
        tasks,
        task,
        wallSeconds,
        workers,
        tasks / wallSeconds,
        apart,
        100 * workSeconds / (workers * wallSeconds));
  }
}
