package fonio.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Blocks that are jobs of HTCondor, submitted by condor_submit.
 *
 * @param blocks how many blocks, of what
 * @param coresPerSlot how many cores a slot asks for
 * @param memPerSlot how many GB a slot asks for
 * @param environment variables of the job
 * @param project who pays
 * @param schedulerOptions more lines of the job's script for the batch system
 * @param transferInputFiles files that the job needs
 * @param walltime how long a block may run. Too short: tasks are lost and begun again; too long: it
 *     waits longer in the queue
 * @param requirements what a machine must have
 * @param cmdChunkSize of how many jobs one command speaks at most
 */
public record CondorProvider(
    Blocks blocks,
    OptionalInt coresPerSlot,
    OptionalInt memPerSlot,
    Map<String, String> environment,
    String project,
    String schedulerOptions,
    List<String> transferInputFiles,
    Duration walltime,
    String requirements,
    int cmdChunkSize)
    implements ProviderConfig {
  public CondorProvider {
    environment = Map.copyOf(environment);
    transferInputFiles = List.copyOf(transferInputFiles);
    Checks checks = Checks.of("provider condor");
    coresPerSlot.ifPresent(value -> checks.atLeast("coresPerSlot", value, 1));
    memPerSlot.ifPresent(value -> checks.atLeast("memPerSlot", value, 1));
    checks.linesByName("environment", environment);
    checks.text("project", project);
    checks.text("schedulerOptions", schedulerOptions);
    checks.lines("transferInputFiles", transferInputFiles);
    checks.walltime("walltime", walltime);
    checks.text("requirements", requirements);
    checks.atLeast("cmdChunkSize", cmdChunkSize, 1);
  }

  /** A builder that leaves everything at its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String word() {
    return "condor";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap()
        .putAll(blocks.keys())
        .put("cores_per_slot", coresPerSlot)
        .put("mem_per_slot", memPerSlot)
        .put("environment", environment)
        .put("project", project)
        .put("scheduler_options", schedulerOptions)
        .put("transfer_input_files", transferInputFiles)
        .putClock("walltime", walltime)
        .put("requirements", requirements)
        .put("cmd_chunk_size", cmdChunkSize)
        .made();
  }

  /** A provider being made. */
  public static final class Builder extends ProviderBuilder<Builder> {
    private OptionalInt coresPerSlot = OptionalInt.empty();
    private OptionalInt memPerSlot = OptionalInt.empty();
    private Map<String, String> environment = Map.of();
    private String project = "";
    private String schedulerOptions = "";
    private List<String> transferInputFiles = List.of();
    private Duration walltime = Duration.ofMinutes(10);
    private String requirements = "";
    private int cmdChunkSize = 100;

    private Builder() {
      cmdTimeout(Duration.ofMinutes(1));
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets {@link CondorProvider#coresPerSlot()}. */
    public Builder coresPerSlot(int value) {
      coresPerSlot = OptionalInt.of(value);
      return this;
    }

    /** Sets {@link CondorProvider#memPerSlot()}. */
    public Builder memPerSlot(int value) {
      memPerSlot = OptionalInt.of(value);
      return this;
    }

    /** Sets {@link CondorProvider#environment()}. */
    public Builder environment(Map<String, String> value) {
      environment = value;
      return this;
    }

    /** Sets {@link CondorProvider#project()}. */
    public Builder project(String value) {
      project = value;
      return this;
    }

    /** Sets {@link CondorProvider#schedulerOptions()}. */
    public Builder schedulerOptions(String value) {
      schedulerOptions = value;
      return this;
    }

    /** Sets {@link CondorProvider#transferInputFiles()}. */
    public Builder transferInputFiles(String... values) {
      transferInputFiles = List.of(values);
      return this;
    }

    /** Sets {@link CondorProvider#walltime()}. */
    public Builder walltime(Duration value) {
      walltime = value;
      return this;
    }

    /** Sets {@link CondorProvider#requirements()}. */
    public Builder requirements(String value) {
      requirements = value;
      return this;
    }

    /** Sets {@link CondorProvider#cmdChunkSize()}. */
    public Builder cmdChunkSize(int value) {
      cmdChunkSize = value;
      return this;
    }

    /** The provider, checked. */
    public CondorProvider build() {
      return new CondorProvider(
          blocks(),
          coresPerSlot,
          memPerSlot,
          environment,
          project,
          schedulerOptions,
          transferInputFiles,
          walltime,
          requirements,
          cmdChunkSize);
    }
  }
}
