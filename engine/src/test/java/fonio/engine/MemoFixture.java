package fonio.engine;

import fonio.api.App1;
import fonio.api.CheckpointMode;
import fonio.api.Config;
import fonio.api.Engine;
import fonio.api.ExecutorConfig;
import fonio.api.Options;
import fonio.api.Task1;
import fonio.api.ThreadPoolExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs in one folder, and a function that counts how often it runs. */
@Timeout(120)
abstract class MemoFixture {
  static final AtomicInteger RUNS = new AtomicInteger();
  static final ExecutorConfig THREADS = new ThreadPoolExecutor("threads", 2);

  @TempDir Path home;

  @BeforeEach
  void none() {
    RUNS.set(0);
  }

  final Config.Builder config(CheckpointMode mode) {
    return Config.builder()
        .executors(THREADS)
        .runDir(home)
        .checkpointMode(mode)
        .checkpointPeriod(Duration.ofHours(1));
  }

  final Engine start(Config.Builder config) {
    return new Library(Settings.of(config.build(), Outside.of(Map.of(), home)));
  }

  final Engine start() {
    return start(config(CheckpointMode.TASK_EXIT));
  }

  static <A, R> App1<A, R> cached(Engine engine, Task1<A, R> function) {
    return engine.app(function).with(Options.cached());
  }

  /** What a run of its own gives for one call. */
  final <A, R> R once(Task1<A, R> function, A argument) {
    try (Engine engine = start()) {
      return cached(engine, function).call(argument).join();
    }
  }

  static int square(int n) {
    RUNS.incrementAndGet();
    return n * n;
  }
}
