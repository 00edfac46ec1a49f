package fonio.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the builders of executors of blocks have in common.
 *
 * @param <B> the builder itself
 */
public abstract sealed class BlockExecutorBuilder<B extends BlockExecutorBuilder<B>>
    permits HighThroughputExecutor.Builder, MpiExecutor.Builder {
  private String label = "";
  private ProviderConfig provider = LocalProvider.builder().build();
  private Optional<String> launchCmd = Optional.empty();
  private List<String> interchangeLaunchCmd = List.of();
  private Optional<String> address = Optional.empty();
  private String loopbackAddress = "127.0.0.1";
  private OptionalInt workerPort = OptionalInt.empty();
  private PortRange workerPortRange = new PortRange(54_000, 55_000);
  private boolean workerDebug = false;
  private int prefetchCapacity = 0;
  private Duration heartbeatThreshold = Duration.ofSeconds(15);
  private Duration heartbeatPeriod = Duration.ofSeconds(5);
  private Optional<Duration> drainPeriod = Optional.empty();
  private Optional<Path> workerLogdirRoot = Optional.empty();
  private BlockErrorHandler blockErrorHandler = BlockErrorHandler.SIMPLE;
  private Optional<Boolean> encrypted = Optional.empty();
  private OptionalInt maxTasksPerChild = OptionalInt.empty();
  private Map<String, String> environment = Map.of();
  private List<String> jvmOptions = List.of();
  private int creditUs = 1_000;
  private int kills = 3;

  BlockExecutorBuilder() {}

  abstract B self();

  final String label() {
    return label;
  }

  final ProviderConfig provider() {
    return provider;
  }

  final Managers managers() {
    return new Managers(
        launchCmd,
        interchangeLaunchCmd,
        address,
        loopbackAddress,
        workerPort,
        workerPortRange,
        workerDebug,
        prefetchCapacity,
        heartbeatThreshold,
        heartbeatPeriod,
        drainPeriod,
        workerLogdirRoot,
        blockErrorHandler,
        encrypted,
        maxTasksPerChild,
        environment,
        jvmOptions,
        creditUs,
        kills);
  }

  /** Sets {@link BlockExecutorConfig#label()}. */
  public final B label(String value) {
    label = value;
    return self();
  }

  /** Sets {@link BlockExecutorConfig#provider()}. */
  public final B provider(ProviderConfig value) {
    provider = value;
    return self();
  }

  /** Sets {@link Managers#launchCmd()}. */
  public final B launchCmd(String value) {
    launchCmd = Optional.of(value);
    return self();
  }

  /** Sets {@link Managers#interchangeLaunchCmd()}. */
  public final B interchangeLaunchCmd(String... value) {
    interchangeLaunchCmd = List.of(value);
    return self();
  }

  /** Sets {@link Managers#address()}. */
  public final B address(String value) {
    address = Optional.of(value);
    return self();
  }

  /** Sets {@link Managers#loopbackAddress()}. */
  public final B loopbackAddress(String value) {
    loopbackAddress = value;
    return self();
  }

  /** Sets {@link Managers#workerPort()}. */
  public final B workerPort(int value) {
    workerPort = OptionalInt.of(value);
    return self();
  }

  /** Sets {@link Managers#workerPortRange()}. */
  public final B workerPortRange(int first, int last) {
    workerPortRange = new PortRange(first, last);
    return self();
  }

  /** Sets {@link Managers#workerDebug()}. */
  public final B workerDebug(boolean value) {
    workerDebug = value;
    return self();
  }

  /** Sets {@link Managers#prefetchCapacity()}. */
  public final B prefetchCapacity(int value) {
    prefetchCapacity = value;
    return self();
  }

  /** Sets {@link Managers#heartbeatThreshold()}. */
  public final B heartbeatThreshold(Duration value) {
    heartbeatThreshold = value;
    return self();
  }

  /** Sets {@link Managers#heartbeatPeriod()}. */
  public final B heartbeatPeriod(Duration value) {
    heartbeatPeriod = value;
    return self();
  }

  /** Sets {@link Managers#drainPeriod()}. */
  public final B drainPeriod(Duration value) {
    drainPeriod = Optional.of(value);
    return self();
  }

  /** Sets {@link Managers#workerLogdirRoot()}. */
  public final B workerLogdirRoot(Path value) {
    workerLogdirRoot = Optional.of(value);
    return self();
  }

  /** Sets {@link Managers#blockErrorHandler()}. */
  public final B blockErrorHandler(BlockErrorHandler value) {
    blockErrorHandler = value;
    return self();
  }

  /** Sets {@link Managers#encrypted()}. */
  public final B encrypted(boolean value) {
    encrypted = Optional.of(value);
    return self();
  }

  /** Sets {@link Managers#maxTasksPerChild()}. */
  public final B maxTasksPerChild(int value) {
    maxTasksPerChild = OptionalInt.of(value);
    return self();
  }

  /** Sets {@link Managers#environment()}. */
  public final B environment(Map<String, String> value) {
    environment = value;
    return self();
  }

  /** Sets {@link Managers#jvmOptions()}. */
  public final B jvmOptions(String... value) {
    jvmOptions = List.of(value);
    return self();
  }

  /** Sets {@link Managers#creditUs()}. */
  public final B creditUs(int value) {
    creditUs = value;
    return self();
  }

  /** Sets {@link Managers#kills()}. */
  public final B kills(int value) {
    kills = value;
    return self();
  }
}
