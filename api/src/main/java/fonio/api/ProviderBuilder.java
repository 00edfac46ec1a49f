package fonio.api;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What the builders of all providers have in common.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ProviderBuilder<B extends ProviderBuilder<B>>
    permits LocalProvider.Builder,
        SshProvider.Builder,
        SlurmProvider.Builder,
        PbsProProvider.Builder,
        TorqueProvider.Builder,
        LsfProvider.Builder,
        GridEngineProvider.Builder,
        CondorProvider.Builder,
        KubernetesProvider.Builder {
  private int nodesPerBlock = 1;
  private int initBlocks = 1;
  private int minBlocks = 0;
  private OptionalInt maxBlocks = OptionalInt.empty();
  private double parallelism = 1;
  private String workerInit = "";
  private Duration cmdTimeout = Duration.ofSeconds(30);
  private LauncherConfig launcher = new SingleNodeLauncher();

  ProviderBuilder() {}

  abstract B self();

  /** How many blocks there are at most, if it is not said. */
  int mostBlocks(int nodes) {
    return 1;
  }

  Blocks blocks() {
    return new Blocks(
        nodesPerBlock,
        initBlocks,
        minBlocks,
        maxBlocks.orElseGet(() -> mostBlocks(nodesPerBlock)),
        parallelism,
        workerInit,
        cmdTimeout,
        launcher);
  }

  /** Sets {@link Blocks#nodesPerBlock()}. */
  public final B nodesPerBlock(int value) {
    nodesPerBlock = value;
    return self();
  }

  /** Sets {@link Blocks#initBlocks()}. */
  public final B initBlocks(int value) {
    initBlocks = value;
    return self();
  }

  /** Sets {@link Blocks#minBlocks()}. */
  public final B minBlocks(int value) {
    minBlocks = value;
    return self();
  }

  /** Sets {@link Blocks#maxBlocks()}. */
  public final B maxBlocks(int value) {
    maxBlocks = OptionalInt.of(value);
    return self();
  }

  /** Sets {@link Blocks#parallelism()}. */
  public final B parallelism(double value) {
    parallelism = value;
    return self();
  }

  /** Sets {@link Blocks#workerInit()}. */
  public final B workerInit(String value) {
    workerInit = value;
    return self();
  }

  /** Sets {@link Blocks#cmdTimeout()}. */
  public final B cmdTimeout(Duration value) {
    cmdTimeout = value;
    return self();
  }

  /** Sets {@link Blocks#launcher()}. */
  public final B launcher(LauncherConfig value) {
    launcher = value;
    return self();
  }
}
