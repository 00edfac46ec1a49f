package fonio.engine;

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
    Duration checkpointPeriod) {
  private static final int MOST_RETRIES = 65_535;
  private static final int MOST_WORKERS = 4096;

  /** The strongest value of each setting. */
  static Settings of(Config config, Outside outside) {
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
        period.orElse(Duration.ZERO));
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
    Optional<Integer> forced = outside.forced(Key.WORKERS).map(Settings::workers);
    return forced.map(n -> given.stream().map(e -> withWorkers(e, n)).toList()).orElse(given);
  }

  private static int workers(Setting setting) {
    return setting.wholeNumber(1, MOST_WORKERS);
  }

  private static ExecutorConfig withWorkers(ExecutorConfig executor, int workers) {
    return switch (executor) {
      case DirectExecutor direct -> new DirectExecutor(direct.label(), workers);
      case ThreadPoolExecutor threads -> threads;
    };
  }
}
