package fonio.api;

import java.util.Map;

/**
 * An executor whose tasks start MPI programs on nodes of their own.
 *
 * <p>Its provider has a {@link SimpleLauncher}: one manager a block shares out the block's nodes.
 *
 * @param label its name
 * @param provider where its blocks come from
 * @param managers what its managers go by
 * @param maxWorkersPerBlock how many such tasks run in a block at a time. Too low: nodes are idle;
 *     too high: tasks wait for nodes
 * @param mpiLauncher by what the tasks start their programs
 */
public record MpiExecutor(
    String label,
    ProviderConfig provider,
    Managers managers,
    int maxWorkersPerBlock,
    MpiLauncher mpiLauncher)
    implements BlockExecutorConfig {
  public MpiExecutor {
    Checks checks = Checks.ofExecutor(label);
    checks.atLeast("maxWorkersPerBlock", maxWorkersPerBlock, 1);
    if (!(provider.launcher() instanceof SimpleLauncher)) {
      throw checks.bad(
          "launcher",
          provider.launcher().word(),
          "one manager a block shares out its nodes; use new SimpleLauncher()");
    }
  }

  /** A builder that leaves everything at its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String word() {
    return "mpi";
  }

  @Override
  public Map<String, String> keys() {
    return managers
        .keys(this)
        .put("max_workers_per_block", maxWorkersPerBlock)
        .put("mpi_launcher", mpiLauncher)
        .made();
  }

  /** A executor being made. */
  public static final class Builder extends BlockExecutorBuilder<Builder> {
    private int maxWorkersPerBlock = 1;
    private MpiLauncher mpiLauncher = MpiLauncher.MPIEXEC;

    private Builder() {
      label("MPIExecutor");
      provider(LocalProvider.builder().launcher(new SimpleLauncher()).build());
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets {@link MpiExecutor#maxWorkersPerBlock()}. */
    public Builder maxWorkersPerBlock(int value) {
      maxWorkersPerBlock = value;
      return this;
    }

    /** Sets {@link MpiExecutor#mpiLauncher()}. */
    public Builder mpiLauncher(MpiLauncher value) {
      mpiLauncher = value;
      return this;
    }

    /** The executor, checked. */
    public MpiExecutor build() {
      return new MpiExecutor(label(), provider(), managers(), maxWorkersPerBlock, mpiLauncher);
    }
  }
}
