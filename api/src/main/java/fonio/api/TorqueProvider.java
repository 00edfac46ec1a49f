package fonio.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Blocks that are jobs of Torque, submitted by qsub; by default aprun starts their managers.
 *
 * @param blocks how many blocks, of what
 * @param account who pays
 * @param queue the queue; empty: the batch system's own default
 * @param schedulerOptions more lines of the job's script for the batch system
 * @param walltime how long a block may run. Too short: tasks are lost and begun again; too long: it
 *     waits longer in the queue
 */
public record TorqueProvider(
    Blocks blocks,
    Optional<String> account,
    Optional<String> queue,
    String schedulerOptions,
    Duration walltime)
    implements ProviderConfig {
  public TorqueProvider {
    Checks checks = Checks.of("provider torque");
    account.ifPresent(value -> checks.word("account", value));
    queue.ifPresent(value -> checks.word("queue", value));
    checks.text("schedulerOptions", schedulerOptions);
    checks.walltime("walltime", walltime);
  }

  /** A builder that leaves everything at its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String word() {
    return "torque";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap()
        .putAll(blocks.keys())
        .put("account", account)
        .put("queue", queue)
        .put("scheduler_options", schedulerOptions)
        .putClock("walltime", walltime)
        .made();
  }

  /** A provider being made. */
  public static final class Builder extends ProviderBuilder<Builder> {
    private Optional<String> account = Optional.empty();
    private Optional<String> queue = Optional.empty();
    private String schedulerOptions = "";
    private Duration walltime = Duration.ofMinutes(20);

    private Builder() {
      cmdTimeout(Duration.ofMinutes(2));
      launcher(new AprunLauncher());
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets {@link TorqueProvider#account()}. */
    public Builder account(String value) {
      account = Optional.of(value);
      return this;
    }

    /** Sets {@link TorqueProvider#queue()}. */
    public Builder queue(String value) {
      queue = Optional.of(value);
      return this;
    }

    /** Sets {@link TorqueProvider#schedulerOptions()}. */
    public Builder schedulerOptions(String value) {
      schedulerOptions = value;
      return this;
    }

    /** Sets {@link TorqueProvider#walltime()}. */
    public Builder walltime(Duration value) {
      walltime = value;
      return this;
    }

    /** The provider, checked. */
    public TorqueProvider build() {
      return new TorqueProvider(blocks(), account, queue, schedulerOptions, walltime);
    }
  }
}
