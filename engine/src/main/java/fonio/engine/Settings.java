package fonio.engine;

import fonio.api.BlockExecutorConfig;
import fonio.api.CheckpointMode;
import fonio.api.Config;
import fonio.api.ConfigurationException;
import fonio.api.DirectExecutor;
import fonio.api.ExecutorConfig;
import fonio.api.ThreadPoolExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a run in this JVM goes by: the program's configuration and what is set outside of it. */
record Settings(
    List<ExecutorConfig> executors,
    int retries,
    int mostOutstanding,
    Path home,
    boolean appCache,
    CheckpointMode checkpointMode,
    Duration checkpointPeriod,
    Scaling scaling) {
  private static final int MOST_RETRIES = 65_535;
  private static final int MOST_WORKERS = 4096;

  /** The strongest value of each setting. */
  static Settings of(Config config, Outside outside) {
    if (chosen(outside, Key.DURABLE, Setting::truth, Optional.empty()).orElse(false)) {
      throw new ConfigurationException(
          "durable is true, and a Java program has its engine in itself, which ends with it; take"
              + " durable out, or keep results for the next run by checkpoint_mode");
    }
    CheckpointMode mode =
        chosen(outside, Key.CHECKPOINT_MODE, Setting::mode, config.checkpointMode())
            .orElse(CheckpointMode.NONE);
    Optional<Duration> period =
        chosen(outside, Key.CHECKPOINT_PERIOD, Setting::period, config.checkpointPeriod());
    if (mode == CheckpointMode.PERIODIC && period.isEmpty()) {
      throw new ConfigurationException(
          "checkpoint_mode is periodic and checkpoint_period is not set; set it, for example to"
              + " 00:05:00");
    }
    Optional<Integer> retries =
        config.retries().isPresent() ? Optional.of(config.retries().getAsInt()) : Optional.empty();
    return new Settings(
        executors(config.executors(), outside),
        chosen(outside, Key.RETRIES, s -> s.wholeNumber(0, MOST_RETRIES), retries).orElse(0),
        config.mostOutstanding(),
        HomeFolder.of(outside, config.runDir()),
        chosen(outside, Key.APP_CACHE, Setting::truth, config.appCache()).orElse(true),
        mode,
        period.orElse(Duration.ZERO),
        Scaling.of(config));
  }

  /** Whether results are written down for other runs. */
  boolean isKept() {
    return checkpointMode != CheckpointMode.NONE && appCache;
  }

  /** Whether tasks run in other processes than this JVM. */
  boolean hasWorkers() {
    return executors.stream().anyMatch(executor -> !(executor instanceof ThreadPoolExecutor));
  }

  /** Whether the run has a folder on disk: for others, or for its nodes. */
  boolean needsFolder() {
    return isKept() || executors.stream().anyMatch(BlockExecutorConfig.class::isInstance);
  }

  private static <T> Optional<T> chosen(
      Outside outside, Key key, Function<Setting, T> value, Optional<T> given) {
    return outside.forced(key).map(value).or(() -> given).or(() -> outside.filed(key).map(value));
  }

  private static List<ExecutorConfig> executors(List<ExecutorConfig> given, Outside outside) {
    if (given.isEmpty()) {
      int threads =
          chosen(outside, Key.WORKERS, Settings::workers, Optional.empty())
              .orElse(Runtime.getRuntime().availableProcessors());
      return List.of(new ThreadPoolExecutor(new ThreadPoolExecutor().label(), threads));
    }
    return given.stream().map(executor -> set(executor, outside)).toList();
  }

  private static int workers(Setting setting) {
    return setting.wholeNumber(1, MOST_WORKERS);
  }

  private static ExecutorConfig set(ExecutorConfig executor, Outside outside) {
    return switch (executor) {
      case DirectExecutor direct -> set(direct, outside);
      case ThreadPoolExecutor threads -> threads;
      case BlockExecutorConfig blocks -> blocks;
    };
  }

  private static DirectExecutor set(DirectExecutor given, Outside outside) {
    DirectExecutor made = given;
    Optional<Setting> workers = outside.forced(Key.WORKERS);
    if (workers.isPresent()) {
      int number = workers(workers.get());
      made = workers.get().applied(made, executor -> executor.withWorkers(number));
    }
    Optional<Setting> tasks =
        stronger(outside, Key.MAX_TASKS_PER_CHILD, given.maxTasksPerChild().isPresent());
    if (tasks.isPresent()) {
      made = made.withMaxTasksPerChild(tasks.get().wholeNumber(1, Integer.MAX_VALUE));
    }
    Optional<Setting> cores = stronger(outside, Key.CPU_AFFINITY, given.cpuAffinity().isPresent());
    if (cores.isPresent()) {
      String policy = cores.get().text();
      made = cores.get().applied(made, executor -> executor.withCpuAffinity(policy));
    }
    return made;
  }

  /** The setting from outside that counts more than what the program gave, if it gave any. */
  private static Optional<Setting> stronger(Outside outside, Key key, boolean isGiven) {
    return outside.forced(key).or(() -> outside.filed(key).filter(filed -> !isGiven));
  }
}
