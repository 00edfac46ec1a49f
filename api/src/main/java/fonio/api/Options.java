package fonio.api;

/**
 * What the calls of an app ask for beyond their arguments, such as {@code
 * dock.with(Options.defaults().withRetries(2).withPriority(5)).call(molecule)}.
 *
 * @param retries how often a task that failed runs again; {@link #AS_THE_RUN} takes {@link
 *     Config#retries()}. Too low: a passing fault ends the task; too high: a task that cannot
 *     succeed runs that often more
 * @param priority the place in the queue of ready tasks: the lower, the earlier
 * @param cache whether an earlier call of the same app with equal arguments stands for this one.
 *     Arguments, results and what the function captures must not be changed by anyone then. With a
 *     {@link Config#checkpointMode()} an earlier run counts, too, if all of them are serializable:
 *     a call is known by what serialization writes of them, and by the code of the app and of the
 *     program's own classes that it names
 * @param executor the label of the executor that runs the tasks; empty: the run's first one
 * @param resources what a task needs of the node, or the block, that it runs on
 */
public record Options(
    int retries, int priority, boolean cache, String executor, Resources resources) {

  /** The number of retries that stands for the run's own, {@link Config#retries()}. */
  public static final int AS_THE_RUN = -1;

  private static final Options DEFAULTS = new Options(AS_THE_RUN, 0, false, "", Resources.none());

  public Options {
    if (retries < AS_THE_RUN || retries > 65_535) {
      throw new IllegalArgumentException(
          "retries is %d; it must be between 0 and 65535, or Options.AS_THE_RUN"
              .formatted(retries));
    }
  }

  /** Options that ask for nothing: the run's retries, priority 0, no cache, the first executor. */
  public static Options defaults() {
    return DEFAULTS;
  }

  /** Options by which equal calls run once. */
  public static Options cached() {
    return DEFAULTS.withCache(true);
  }

  /** Options that choose an executor by its label. */
  public static Options on(String executor) {
    return DEFAULTS.withExecutor(executor);
  }

  /** These options with other {@link #retries()}. */
  public Options withRetries(int number) {
    return new Options(number, priority, cache, executor, resources);
  }

  /** These options with another {@link #priority()}. */
  public Options withPriority(int number) {
    return new Options(retries, number, cache, executor, resources);
  }

  /** These options with or without {@link #cache()}. */
  public Options withCache(boolean whether) {
    return new Options(retries, priority, whether, executor, resources);
  }

  /** These options with another {@link #executor()}. */
  public Options withExecutor(String label) {
    return new Options(retries, priority, cache, label, resources);
  }

  /** These options with other {@link #resources()}. */
  public Options withResources(Resources needed) {
    return new Options(retries, priority, cache, executor, needed);
  }
}
