package fonio.api;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * An executor of worker processes on many nodes, in blocks that a provider gives.
 *
 * <p>On each node a manager starts as many workers as the least of {@code maxWorkersPerNode}, cores
 * by {@code coresPerWorker}, memory by {@code memPerWorker} and, where there are any, accelerators.
 *
 * @param label its name
 * @param provider where its blocks come from
 * @param managers what its managers go by
 * @param coresPerWorker how many cores a worker takes. Too low: workers take cores from each other;
 *     too high: cores are idle
 * @param memPerWorker how many GB a worker takes; empty: memory does not count
 * @param maxWorkersPerNode how many workers a node has at most; empty: as many as fit
 * @param cpuAffinity the cores that each worker may use: {@code none} (all), {@code block}, {@code
 *     alternating}, {@code block-reverse}, or {@code list:0,1:2,3}
 * @param availableAccelerators the names of a node's accelerators, of which each worker has one
 * @param managerSelector which of the managers with room gets a task
 */
public record HighThroughputExecutor(
    String label,
    ProviderConfig provider,
    Managers managers,
    double coresPerWorker,
    OptionalDouble memPerWorker,
    OptionalInt maxWorkersPerNode,
    String cpuAffinity,
    List<String> availableAccelerators,
    ManagerSelector managerSelector)
    implements BlockExecutorConfig {
  public HighThroughputExecutor {
    availableAccelerators = List.copyOf(availableAccelerators);
    Checks checks = Checks.ofExecutor(label);
    checks.aboveZero("coresPerWorker", coresPerWorker);
    memPerWorker.ifPresent(value -> checks.aboveZero("memPerWorker", value));
    maxWorkersPerNode.ifPresent(value -> checks.atLeast("maxWorkersPerNode", value, 1));
    checks.cpuAffinity("cpuAffinity", cpuAffinity);
    checks.lines("availableAccelerators", availableAccelerators);
  }

  /** A builder that leaves everything at its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String word() {
    return "htex";
  }

  @Override
  public Map<String, String> keys() {
    return managers
        .keys(this)
        .put("cores_per_worker", coresPerWorker)
        .put("mem_per_worker", memPerWorker)
        .put("max_workers_per_node", maxWorkersPerNode)
        .put("cpu_affinity", cpuAffinity)
        .put("available_accelerators", availableAccelerators)
        .put("manager_selector", managerSelector)
        .made();
  }

  /** A executor being made. */
  public static final class Builder extends BlockExecutorBuilder<Builder> {
    private double coresPerWorker = 1;
    private OptionalDouble memPerWorker = OptionalDouble.empty();
    private OptionalInt maxWorkersPerNode = OptionalInt.empty();
    private String cpuAffinity = "none";
    private List<String> availableAccelerators = List.of();
    private ManagerSelector managerSelector = ManagerSelector.RANDOM;

    private Builder() {
      label("HighThroughputExecutor");
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets {@link HighThroughputExecutor#coresPerWorker()}. */
    public Builder coresPerWorker(double value) {
      coresPerWorker = value;
      return this;
    }

    /** Sets {@link HighThroughputExecutor#memPerWorker()}. */
    public Builder memPerWorker(double value) {
      memPerWorker = OptionalDouble.of(value);
      return this;
    }

    /** Sets {@link HighThroughputExecutor#maxWorkersPerNode()}. */
    public Builder maxWorkersPerNode(int value) {
      maxWorkersPerNode = OptionalInt.of(value);
      return this;
    }

    /** Sets {@link HighThroughputExecutor#cpuAffinity()}. */
    public Builder cpuAffinity(String value) {
      cpuAffinity = value;
      return this;
    }

    /** Sets {@link HighThroughputExecutor#availableAccelerators()}. */
    public Builder availableAccelerators(String... values) {
      availableAccelerators = List.of(values);
      return this;
    }

    /** Sets {@link HighThroughputExecutor#managerSelector()}. */
    public Builder managerSelector(ManagerSelector value) {
      managerSelector = value;
      return this;
    }

    /** The executor, checked. */
    public HighThroughputExecutor build() {
      return new HighThroughputExecutor(
          label(),
          provider(),
          managers(),
          coresPerWorker,
          memPerWorker,
          maxWorkersPerNode,
          cpuAffinity,
          availableAccelerators,
          managerSelector);
    }
  }
}
