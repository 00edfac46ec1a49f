package fonio.api;

/**
 * What a call adds to its app.
 *
 * @param retries how often the task is tried again; -1: as the run's configuration says
 * @param priority the lower, the earlier
 * @param cache whether an earlier call of the same app with equal arguments stands for this one
 * @param executor the label of an executor; empty: the first one
 */
public record Options(int retries, int priority, boolean cache, String executor) {

  /** No wishes. */
  public static final Options NONE = new Options(-1, 0, false, "");

  public Options {
    if (retries < -1 || retries > 65_535) {
      throw new IllegalArgumentException(
          "retries is " + retries + "; it must be between 0 and 65535");
    }
  }

  /** Options with retries. */
  public static Options ofRetries(int retries) {
    return NONE.retries(retries);
  }

  /** Options with a priority. */
  public static Options ofPriority(int priority) {
    return NONE.priority(priority);
  }

  /** Options with memoization within the run. */
  public static Options cached() {
    return NONE.cache(true);
  }

  /** Options with an executor. */
  public static Options on(String executor) {
    return NONE.executor(executor);
  }

  /** These with retries. */
  public Options retries(int value) {
    return new Options(value, priority, cache, executor);
  }

  /** These with a priority. */
  public Options priority(int value) {
    return new Options(retries, value, cache, executor);
  }

  /** These with or without memoization. */
  public Options cache(boolean value) {
    return new Options(retries, priority, value, executor);
  }

  /** These with an executor. */
  public Options executor(String value) {
    return new Options(retries, priority, cache, value);
  }
}
