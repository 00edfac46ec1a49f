package fonio.api;

/**
 * An executor of worker processes on this machine: a crash ends a worker, not the run.
 *
 * <p>Functions, arguments and results travel, so they must be serializable; a worker has this
 * program's class path.
 *
 * @param label its name
 * @param workers how many processes. Too low: cores are idle; too high: they take cores from each
 *     other
 */
public record DirectExecutor(String label, int workers) implements ExecutorConfig {

  /** One worker a core, under the label {@code direct}. */
  public DirectExecutor() {
    this("direct", Runtime.getRuntime().availableProcessors());
  }

  public DirectExecutor {
    if (!label.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "the label \""
              + label
              + "\" names files; give the executor one of letters, digits, '.', '_' and '-'");
    }
    if (workers < 1 || workers > 4096) {
      throw new IllegalArgumentException(
          "workers of \"" + label + "\" is " + workers + "; it must be between 1 and 4096");
    }
  }
}
