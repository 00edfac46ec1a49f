package fonio.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Blocks that are jobs of LSF, submitted by bsub.
 *
 * @param blocks how many blocks, of what
 * @param coresPerBlock how many slots a block asks for without {@code requestByNodes}
 * @param coresPerNode how many slots a node has
 * @param walltime how long a block may run. Too short: tasks are lost and begun again; too long: it
 *     waits longer in the queue
 * @param schedulerOptions more lines of the job's script for the batch system
 * @param project who pays
 * @param queue the queue; empty: the batch system's own default
 * @param bsubRedirection whether bsub reads the script from its input
 * @param requestByNodes whether a block asks for nodes, not slots
 */
public record LsfProvider(
    Blocks blocks,
    OptionalInt coresPerBlock,
    OptionalInt coresPerNode,
    Duration walltime,
    String schedulerOptions,
    Optional<String> project,
    Optional<String> queue,
    boolean bsubRedirection,
    boolean requestByNodes)
    implements ProviderConfig {
  public LsfProvider {
    Checks checks = Checks.of("provider lsf");
    coresPerBlock.ifPresent(value -> checks.atLeast("coresPerBlock", value, 1));
    coresPerNode.ifPresent(value -> checks.atLeast("coresPerNode", value, 1));
    checks.walltime("walltime", walltime);
    checks.text("schedulerOptions", schedulerOptions);
    project.ifPresent(value -> checks.word("project", value));
    queue.ifPresent(value -> checks.word("queue", value));
    if (!requestByNodes && coresPerBlock.isEmpty()) {
      throw checks.bad(
          "coresPerBlock",
          "empty",
          "say how many slots a block asks for, as requestByNodes is false");
    }
  }

  /** A builder that leaves everything at its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String word() {
    return "lsf";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap()
        .putAll(blocks.keys())
        .put("cores_per_block", coresPerBlock)
        .put("cores_per_node", coresPerNode)
        .putClock("walltime", walltime)
        .put("scheduler_options", schedulerOptions)
        .put("project", project)
        .put("queue", queue)
        .put("bsub_redirection", bsubRedirection)
        .put("request_by_nodes", requestByNodes)
        .made();
  }

  /** A provider being made. */
  public static final class Builder extends ProviderBuilder<Builder> {
    private OptionalInt coresPerBlock = OptionalInt.empty();
    private OptionalInt coresPerNode = OptionalInt.empty();
    private Duration walltime = Duration.ofMinutes(10);
    private String schedulerOptions = "";
    private Optional<String> project = Optional.empty();
    private Optional<String> queue = Optional.empty();
    private boolean bsubRedirection = false;
    private boolean requestByNodes = true;

    private Builder() {
      cmdTimeout(Duration.ofMinutes(2));
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets {@link LsfProvider#coresPerBlock()}. */
    public Builder coresPerBlock(int value) {
      coresPerBlock = OptionalInt.of(value);
      return this;
    }

    /** Sets {@link LsfProvider#coresPerNode()}. */
    public Builder coresPerNode(int value) {
      coresPerNode = OptionalInt.of(value);
      return this;
    }

    /** Sets {@link LsfProvider#walltime()}. */
    public Builder walltime(Duration value) {
      walltime = value;
      return this;
    }

    /** Sets {@link LsfProvider#schedulerOptions()}. */
    public Builder schedulerOptions(String value) {
      schedulerOptions = value;
      return this;
    }

    /** Sets {@link LsfProvider#project()}. */
    public Builder project(String value) {
      project = Optional.of(value);
      return this;
    }

    /** Sets {@link LsfProvider#queue()}. */
    public Builder queue(String value) {
      queue = Optional.of(value);
      return this;
    }

    /** Sets {@link LsfProvider#bsubRedirection()}. */
    public Builder bsubRedirection(boolean value) {
      bsubRedirection = value;
      return this;
    }

    /** Sets {@link LsfProvider#requestByNodes()}. */
    public Builder requestByNodes(boolean value) {
      requestByNodes = value;
      return this;
    }

    /** The provider, checked. */
    public LsfProvider build() {
      return new LsfProvider(
          blocks(),
          coresPerBlock,
          coresPerNode,
          walltime,
          schedulerOptions,
          project,
          queue,
          bsubRedirection,
          requestByNodes);
    }
  }
}
