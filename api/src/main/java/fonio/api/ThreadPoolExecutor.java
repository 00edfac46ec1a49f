package fonio.api;

/**
 * An executor of threads in this JVM.
 *
 * @param label its name
 * @param maxThreads how many tasks run at once. Too low: cores are idle; too high: tasks take cores
 *     from each other
 */
public record ThreadPoolExecutor(String label, int maxThreads) implements ExecutorConfig {

  /** One thread a core, under the label {@code threads}. */
  public ThreadPoolExecutor() {
    this("threads", Runtime.getRuntime().availableProcessors());
  }

  public ThreadPoolExecutor {
    if (label.isBlank()) {
      throw new IllegalArgumentException("the label is blank; give the executor a name");
    }
    if (maxThreads < 1) {
      throw new IllegalArgumentException(
          "maxThreads of \"" + label + "\" is " + maxThreads + "; it must be at least 1");
    }
  }
}
