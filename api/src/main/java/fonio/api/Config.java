package fonio.api;

import java.util.List;

/**
 * How a run is set up.
 *
 * @param executors where tasks run; the first one takes those that name none
 * @param retries how often a task that failed is tried again. Too low: a passing fault ends the
 *     task; too high: a task that cannot succeed runs that often more
 * @param mostOutstanding how many tasks may be unfinished before a thread that submits helps to run
 *     them. Too low: threads wait for work; too high: memory
 */
public record Config(List<ExecutorConfig> executors, int retries, int mostOutstanding) {

  public Config {
    executors = List.copyOf(executors);
    if (executors.isEmpty()) {
      throw new IllegalArgumentException(
          "executors is empty; name at least one, such as new ThreadPoolExecutor()");
    }
    if (executors.stream().map(ExecutorConfig::label).distinct().count() < executors.size()) {
      throw new IllegalArgumentException(
          "two executors have the same label in " + executors + "; give each its own");
    }
    if (retries < 0 || retries > 65_535) {
      throw new IllegalArgumentException(
          "retries is " + retries + "; it must be between 0 and 65535");
    }
    if (mostOutstanding < 1) {
      throw new IllegalArgumentException(
          "mostOutstanding is " + mostOutstanding + "; it must be at least 1");
    }
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The defaults: one thread a core, no retries. */
  public static Config defaults() {
    return builder().build();
  }

  /** A configuration being made. */
  public static final class Builder {
    private List<ExecutorConfig> executors = List.of(new ThreadPoolExecutor());
    private int retries;
    private int mostOutstanding = 1_000_000;

    private Builder() {}

    /** Sets {@link Config#executors()}. */
    public Builder executors(ExecutorConfig... value) {
      executors = List.of(value);
      return this;
    }

    /** Sets {@link Config#retries()}. */
    public Builder retries(int value) {
      retries = value;
      return this;
    }

    /** Sets {@link Config#mostOutstanding()}. */
    public Builder mostOutstanding(int value) {
      mostOutstanding = value;
      return this;
    }

    /** The configuration, checked. */
    public Config build() {
      return new Config(executors, retries, mostOutstanding);
    }
  }
}
