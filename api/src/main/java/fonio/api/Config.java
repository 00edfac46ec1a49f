package fonio.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a program asks of its run; what it leaves open has a default that is right for a laptop.
 *
 * <p>Of two who set the same thing the stronger one counts: {@code fonio run --set retries=2}, the
 * environment ({@code FONIO_RETRIES}), this configuration, {@code fonio.toml} in the working
 * directory, the default. The keys {@code retries}, {@code run_dir}, {@code app_cache}, {@code
 * checkpoint_mode} and {@code checkpoint_period} stand for what is named alike here; {@code
 * workers} for the processes of each {@link DirectExecutor}, or the threads of a run that names no
 * executor. {@code cpu_affinity} and {@code max_tasks_per_child} count for each {@link
 * DirectExecutor}.
 *
 * @param executors where tasks run; the first one takes those that name none. Empty: one {@link
 *     ThreadPoolExecutor}
 * @param retries how often a task that failed runs again, by default 0. Too low: a passing fault
 *     ends the task; too high: a task that cannot succeed runs that often more
 * @param mostOutstanding how many tasks may be unfinished before a thread that submits helps to run
 *     them. Too low: threads wait for work; too high: memory
 * @param runDir the folder of runs, checkpoints and history, by default {@code .fonio}; {@code
 *     FONIO_HOME} overrides it
 * @param appCache whether cached apps are; by default true. False runs every call, and neither
 *     finds nor writes results
 * @param checkpointMode when results of cached apps are written down, so that later runs with the
 *     same {@code runDir} find them; by default never. A run with another mode, and one with an
 *     executor of blocks, makes a folder in {@code runDir}
 * @param checkpointPeriod for {@link CheckpointMode#PERIODIC}. Too short: the disk is busy; too
 *     long: a killed run loses more
 * @param strategy how many blocks executors of blocks have, by default {@link Strategy#SIMPLE}
 * @param strategyPeriod how often that is decided, by default every 5 s. Too short: a batch system
 *     is asked for nothing; too long: tasks wait for nodes
 * @param maxIdletime how long blocks may be idle before they go, by default 2 min. Too short: nodes
 *     go that are needed soon; too long: idle nodes are paid for
 */
public record Config(
    List<ExecutorConfig> executors,
    OptionalInt retries,
    int mostOutstanding,
    Optional<Path> runDir,
    Optional<Boolean> appCache,
    Optional<CheckpointMode> checkpointMode,
    Optional<Duration> checkpointPeriod,
    Strategy strategy,
    Duration strategyPeriod,
    Duration maxIdletime) {

  public Config {
    executors = List.copyOf(executors);
    if (executors.stream().map(ExecutorConfig::label).distinct().count() < executors.size()) {
      throw new ConfigurationException(
          "two executors have the same label in " + executors + "; give each its own");
    }
    retries.ifPresent(Config::checkRetries);
    if (mostOutstanding < 1) {
      throw new ConfigurationException(
          "mostOutstanding is " + mostOutstanding + "; it must be at least 1");
    }
    checkpointPeriod.ifPresent(period -> checkPeriod("checkpointPeriod", period));
    checkPeriod("strategyPeriod", strategyPeriod);
    checkPeriod("maxIdletime", maxIdletime);
  }

  private static void checkRetries(int retries) {
    if (retries < 0 || retries > 65_535) {
      throw new ConfigurationException(
          "retries is " + retries + "; it must be between 0 and 65535");
    }
  }

  private static void checkPeriod(String name, Duration period) {
    if (period.toMillis() < 1) {
      throw new ConfigurationException(
          name + " is " + period + "; it must be at least a millisecond");
    }
  }

  /** A builder that leaves everything open. */
  public static Builder builder() {
    return new Builder();
  }

  /** A configuration that leaves everything open: one thread a core, no retries, no checkpoints. */
  public static Config defaults() {
    return builder().build();
  }

  /** A configuration being made; what is not set stays open. */
  public static final class Builder {
    private List<ExecutorConfig> executors = List.of();
    private OptionalInt retries = OptionalInt.empty();
    private int mostOutstanding = 1_000_000;
    private Optional<Path> runDir = Optional.empty();
    private Optional<Boolean> appCache = Optional.empty();
    private Optional<CheckpointMode> checkpointMode = Optional.empty();
    private Optional<Duration> checkpointPeriod = Optional.empty();
    private Strategy strategy = Strategy.SIMPLE;
    private Duration strategyPeriod = Duration.ofSeconds(5);
    private Duration maxIdletime = Duration.ofMinutes(2);

    private Builder() {}

    /** Sets {@link Config#executors()}. */
    public Builder executors(ExecutorConfig... several) {
      executors = List.of(several);
      return this;
    }

    /** Sets {@link Config#retries()}. */
    public Builder retries(int number) {
      retries = OptionalInt.of(number);
      return this;
    }

    /** Sets {@link Config#mostOutstanding()}. */
    public Builder mostOutstanding(int tasks) {
      mostOutstanding = tasks;
      return this;
    }

    /** Sets {@link Config#runDir()}. */
    public Builder runDir(Path folder) {
      runDir = Optional.of(folder);
      return this;
    }

    /** Sets {@link Config#appCache()}. */
    public Builder appCache(boolean whether) {
      appCache = Optional.of(whether);
      return this;
    }

    /** Sets {@link Config#checkpointMode()}. */
    public Builder checkpointMode(CheckpointMode mode) {
      checkpointMode = Optional.of(mode);
      return this;
    }

    /** Sets {@link Config#checkpointPeriod()}. */
    public Builder checkpointPeriod(Duration period) {
      checkpointPeriod = Optional.of(period);
      return this;
    }

    /** Sets {@link Config#strategy()}. */
    public Builder strategy(Strategy one) {
      strategy = one;
      return this;
    }

    /** Sets {@link Config#strategyPeriod()}. */
    public Builder strategyPeriod(Duration period) {
      strategyPeriod = period;
      return this;
    }

    /** Sets {@link Config#maxIdletime()}. */
    public Builder maxIdletime(Duration time) {
      maxIdletime = time;
      return this;
    }

    /** The configuration, checked. */
    public Config build() {
      return new Config(
          executors,
          retries,
          mostOutstanding,
          runDir,
          appCache,
          checkpointMode,
          checkpointPeriod,
          strategy,
          strategyPeriod,
          maxIdletime);
    }
  }
}
