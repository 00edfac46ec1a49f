package fonio.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Blocks that are jobs of Slurm, submitted by sbatch.
 *
 * @param blocks how many blocks, of what
 * @param partition the partition
 * @param account who pays
 * @param qos the quality of service
 * @param constraint features of nodes
 * @param clusters the clusters to choose from
 * @param coresPerNode how many cores of each node; empty: all with {@code exclusive}
 * @param memPerNode how many GB of each node
 * @param gpusPerNode how many GPUs of each node
 * @param gres generic resources of each node
 * @param walltime how long a block may run. Too short: tasks are lost and begun again; too long: it
 *     waits longer in the queue
 * @param schedulerOptions more lines of the job's script for the batch system
 * @param regexJobId finds the job's number in sbatch's answer
 * @param statusBatchSize of how many jobs one query asks at most
 * @param exclusive whether nodes are not shared with other jobs
 */
public record SlurmProvider(
    Blocks blocks,
    Optional<String> partition,
    Optional<String> account,
    Optional<String> qos,
    Optional<String> constraint,
    Optional<String> clusters,
    OptionalInt coresPerNode,
    OptionalInt memPerNode,
    OptionalInt gpusPerNode,
    Optional<String> gres,
    Duration walltime,
    String schedulerOptions,
    String regexJobId,
    int statusBatchSize,
    boolean exclusive)
    implements ProviderConfig {
  public SlurmProvider {
    Checks checks = Checks.of("provider slurm");
    partition.ifPresent(value -> checks.word("partition", value));
    account.ifPresent(value -> checks.word("account", value));
    qos.ifPresent(value -> checks.word("qos", value));
    constraint.ifPresent(value -> checks.text("constraint", value));
    clusters.ifPresent(value -> checks.word("clusters", value));
    coresPerNode.ifPresent(value -> checks.atLeast("coresPerNode", value, 1));
    memPerNode.ifPresent(value -> checks.atLeast("memPerNode", value, 1));
    gpusPerNode.ifPresent(value -> checks.atLeast("gpusPerNode", value, 1));
    gres.ifPresent(value -> checks.word("gres", value));
    checks.walltime("walltime", walltime);
    checks.text("schedulerOptions", schedulerOptions);
    checks.pattern("regexJobId", regexJobId);
    checks.atLeast("statusBatchSize", statusBatchSize, 1);
  }

  /** A builder that leaves everything at its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String word() {
    return "slurm";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap()
        .putAll(blocks.keys())
        .put("partition", partition)
        .put("account", account)
        .put("qos", qos)
        .put("constraint", constraint)
        .put("clusters", clusters)
        .put("cores_per_node", coresPerNode)
        .put("mem_per_node", memPerNode)
        .put("gpus_per_node", gpusPerNode)
        .put("gres", gres)
        .putClock("walltime", walltime)
        .put("scheduler_options", schedulerOptions)
        .put("regex_job_id", regexJobId)
        .put("status_batch_size", statusBatchSize)
        .put("exclusive", exclusive)
        .made();
  }

  /** A provider being made. */
  public static final class Builder extends ProviderBuilder<Builder> {
    private Optional<String> partition = Optional.empty();
    private Optional<String> account = Optional.empty();
    private Optional<String> qos = Optional.empty();
    private Optional<String> constraint = Optional.empty();
    private Optional<String> clusters = Optional.empty();
    private OptionalInt coresPerNode = OptionalInt.empty();
    private OptionalInt memPerNode = OptionalInt.empty();
    private OptionalInt gpusPerNode = OptionalInt.empty();
    private Optional<String> gres = Optional.empty();
    private Duration walltime = Duration.ofMinutes(10);
    private String schedulerOptions = "";
    private String regexJobId = "Submitted batch job (?P<id>\\S*)";
    private int statusBatchSize = 50;
    private boolean exclusive = true;

    private Builder() {
      cmdTimeout(Duration.ofSeconds(10));
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets {@link SlurmProvider#partition()}. */
    public Builder partition(String value) {
      partition = Optional.of(value);
      return this;
    }

    /** Sets {@link SlurmProvider#account()}. */
    public Builder account(String value) {
      account = Optional.of(value);
      return this;
    }

    /** Sets {@link SlurmProvider#qos()}. */
    public Builder qos(String value) {
      qos = Optional.of(value);
      return this;
    }

    /** Sets {@link SlurmProvider#constraint()}. */
    public Builder constraint(String value) {
      constraint = Optional.of(value);
      return this;
    }

    /** Sets {@link SlurmProvider#clusters()}. */
    public Builder clusters(String value) {
      clusters = Optional.of(value);
      return this;
    }

    /** Sets {@link SlurmProvider#coresPerNode()}. */
    public Builder coresPerNode(int value) {
      coresPerNode = OptionalInt.of(value);
      return this;
    }

    /** Sets {@link SlurmProvider#memPerNode()}. */
    public Builder memPerNode(int value) {
      memPerNode = OptionalInt.of(value);
      return this;
    }

    /** Sets {@link SlurmProvider#gpusPerNode()}. */
    public Builder gpusPerNode(int value) {
      gpusPerNode = OptionalInt.of(value);
      return this;
    }

    /** Sets {@link SlurmProvider#gres()}. */
    public Builder gres(String value) {
      gres = Optional.of(value);
      return this;
    }

    /** Sets {@link SlurmProvider#walltime()}. */
    public Builder walltime(Duration value) {
      walltime = value;
      return this;
    }

    /** Sets {@link SlurmProvider#schedulerOptions()}. */
    public Builder schedulerOptions(String value) {
      schedulerOptions = value;
      return this;
    }

    /** Sets {@link SlurmProvider#regexJobId()}. */
    public Builder regexJobId(String value) {
      regexJobId = value;
      return this;
    }

    /** Sets {@link SlurmProvider#statusBatchSize()}. */
    public Builder statusBatchSize(int value) {
      statusBatchSize = value;
      return this;
    }

    /** Sets {@link SlurmProvider#exclusive()}. */
    public Builder exclusive(boolean value) {
      exclusive = value;
      return this;
    }

    /** The provider, checked. */
    public SlurmProvider build() {
      return new SlurmProvider(
          blocks(),
          partition,
          account,
          qos,
          constraint,
          clusters,
          coresPerNode,
          memPerNode,
          gpusPerNode,
          gres,
          walltime,
          schedulerOptions,
          regexJobId,
          statusBatchSize,
          exclusive);
    }
  }
}
