package fonio.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Blocks that are jobs of Grid Engine, submitted by qsub.
 *
 * @param blocks how many blocks, of what
 * @param walltime how long a block may run. Too short: tasks are lost and begun again; too long: it
 *     waits longer in the queue
 * @param schedulerOptions more lines of the job's script for the batch system
 * @param queue the queue; empty: the batch system's own default
 */
public record GridEngineProvider(
    Blocks blocks, Duration walltime, String schedulerOptions, Optional<String> queue)
    implements ProviderConfig {
  public GridEngineProvider {
    Checks checks = Checks.of("provider grid_engine");
    checks.walltime("walltime", walltime);
    checks.text("schedulerOptions", schedulerOptions);
    queue.ifPresent(value -> checks.word("queue", value));
  }

  /** A builder that leaves everything at its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String word() {
    return "grid_engine";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap()
        .putAll(blocks.keys())
        .putClock("walltime", walltime)
        .put("scheduler_options", schedulerOptions)
        .put("queue", queue)
        .made();
  }

  /** A provider being made. */
  public static final class Builder extends ProviderBuilder<Builder> {
    private Duration walltime = Duration.ofMinutes(10);
    private String schedulerOptions = "";
    private Optional<String> queue = Optional.empty();

    private Builder() {
      cmdTimeout(Duration.ofMinutes(1));
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets {@link GridEngineProvider#walltime()}. */
    public Builder walltime(Duration value) {
      walltime = value;
      return this;
    }

    /** Sets {@link GridEngineProvider#schedulerOptions()}. */
    public Builder schedulerOptions(String value) {
      schedulerOptions = value;
      return this;
    }

    /** Sets {@link GridEngineProvider#queue()}. */
    public Builder queue(String value) {
      queue = Optional.of(value);
      return this;
    }

    /** The provider, checked. */
    public GridEngineProvider build() {
      return new GridEngineProvider(blocks(), walltime, schedulerOptions, queue);
    }
  }
}
