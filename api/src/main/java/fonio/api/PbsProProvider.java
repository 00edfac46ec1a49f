package fonio.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Blocks that are jobs of PBS Pro or OpenPBS, submitted by qsub.
 *
 * @param blocks how many blocks, of what
 * @param account who pays
 * @param queue the queue; empty: the batch system's own default
 * @param schedulerOptions more lines of the job's script for the batch system
 * @param selectOptions what each chunk asks for beside its cores, such as {@code ngpus=2}
 * @param cpusPerNode how many cores of each node
 * @param walltime how long a block may run. Too short: tasks are lost and begun again; too long: it
 *     waits longer in the queue
 */
public record PbsProProvider(
    Blocks blocks,
    Optional<String> account,
    Optional<String> queue,
    String schedulerOptions,
    String selectOptions,
    int cpusPerNode,
    Duration walltime)
    implements ProviderConfig {
  public PbsProProvider {
    Checks checks = Checks.of("provider pbspro");
    account.ifPresent(value -> checks.word("account", value));
    queue.ifPresent(value -> checks.word("queue", value));
    checks.text("schedulerOptions", schedulerOptions);
    checks.text("selectOptions", selectOptions);
    checks.atLeast("cpusPerNode", cpusPerNode, 1);
    checks.walltime("walltime", walltime);
  }

  /** A builder that leaves everything at its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String word() {
    return "pbspro";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap()
        .putAll(blocks.keys())
        .put("account", account)
        .put("queue", queue)
        .put("scheduler_options", schedulerOptions)
        .put("select_options", selectOptions)
        .put("cpus_per_node", cpusPerNode)
        .putClock("walltime", walltime)
        .made();
  }

  /** A provider being made. */
  public static final class Builder extends ProviderBuilder<Builder> {
    private Optional<String> account = Optional.empty();
    private Optional<String> queue = Optional.empty();
    private String schedulerOptions = "";
    private String selectOptions = "";
    private int cpusPerNode = 1;
    private Duration walltime = Duration.ofMinutes(20);

    private Builder() {
      cmdTimeout(Duration.ofMinutes(2));
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets {@link PbsProProvider#account()}. */
    public Builder account(String value) {
      account = Optional.of(value);
      return this;
    }

    /** Sets {@link PbsProProvider#queue()}. */
    public Builder queue(String value) {
      queue = Optional.of(value);
      return this;
    }

    /** Sets {@link PbsProProvider#schedulerOptions()}. */
    public Builder schedulerOptions(String value) {
      schedulerOptions = value;
      return this;
    }

    /** Sets {@link PbsProProvider#selectOptions()}. */
    public Builder selectOptions(String value) {
      selectOptions = value;
      return this;
    }

    /** Sets {@link PbsProProvider#cpusPerNode()}. */
    public Builder cpusPerNode(int value) {
      cpusPerNode = value;
      return this;
    }

    /** Sets {@link PbsProProvider#walltime()}. */
    public Builder walltime(Duration value) {
      walltime = value;
      return this;
    }

    /** The provider, checked. */
    public PbsProProvider build() {
      return new PbsProProvider(
          blocks(), account, queue, schedulerOptions, selectOptions, cpusPerNode, walltime);
    }
  }
}
