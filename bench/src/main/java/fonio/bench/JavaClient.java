package fonio.bench;

import fonio.api.App0;
import fonio.api.Config;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import fonio.api.HighThroughputExecutor;
import fonio.api.LocalProvider;
import fonio.api.Options;
import fonio.api.TaskFuture;
import fonio.engine.Fonio;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The no-op rate of a Java client, a future for each task, on two workers: threads of a pool,
 * worker processes of this machine, and managers of a worker each over TCP, in clear text and by
 * TLS.
 *
 * <p>{@code [--rounds N] [--tasks N]} prints a JSON line for each system and round; the systems
 * take turns.
 */
public final class JavaClient {
  private static final int WORKERS = 2;

  private JavaClient() {}

  /** Runs all rounds. */
  public static void main(String[] words) {
    int rounds = number(words, "--rounds", 5);
    int tasks = number(words, "--tasks", 1_000_000);
    try (ExecutorService pool = Executors.newFixedThreadPool(WORKERS)) {
      Config config =
          Config.builder()
              .executors(
                  new DirectExecutor("direct", WORKERS),
                  managers("htex", false),
                  managers("tls", true))
              .build();
      try (Engine engine = Fonio.start(config)) {
        App0<Integer> noop = engine.app(JavaClient::noop);
        App0<Integer> remote = noop.with(Options.on("htex"));
        App0<Integer> encrypted = noop.with(Options.on("tls"));
        for (int warm = 0; warm < 3; warm++) {
          supplyAsync(pool, tasks);
          fonio(noop, tasks);
          fonio(remote, tasks);
          fonio(encrypted, tasks);
        }
        for (int round = 0; round < rounds; round++) {
          line("supplyasync", round, supplyAsync(pool, tasks));
          line("fonio", round, fonio(noop, tasks));
          line("fonio-htex", round, fonio(remote, tasks));
          line("fonio-tls", round, fonio(encrypted, tasks));
        }
      }
    }
  }

  private static HighThroughputExecutor managers(String label, boolean encrypted) {
    LocalProvider blocks =
        LocalProvider.builder().initBlocks(WORKERS).minBlocks(WORKERS).maxBlocks(WORKERS).build();
    return HighThroughputExecutor.builder()
        .label(label)
        .encrypted(encrypted)
        .provider(blocks)
        .maxWorkersPerNode(1)
        .build();
  }

  /** Tasks a second, from the first submit until every result is held. */
  private static double supplyAsync(ExecutorService pool, int tasks) {
    CompletableFuture<?>[] futures = new CompletableFuture<?>[tasks];
    long start = System.nanoTime();
    for (int i = 0; i < tasks; i++) {
      futures[i] = CompletableFuture.supplyAsync(JavaClient::noop, pool);
    }
    for (CompletableFuture<?> future : futures) {
      future.join();
    }
    return tasks / ((System.nanoTime() - start) * 1e-9);
  }

  private static double fonio(App0<Integer> noop, int tasks) {
    TaskFuture<?>[] futures = new TaskFuture<?>[tasks];
    long start = System.nanoTime();
    for (int i = 0; i < tasks; i++) {
      futures[i] = noop.call();
    }
    for (TaskFuture<?> future : futures) {
      future.join();
    }
    return tasks / ((System.nanoTime() - start) * 1e-9);
  }

  /** The task. */
  static Integer noop() {
    return 0;
  }

  private static void line(String system, int round, double rate) {
    System.out.printf(
        Locale.ROOT,
        "{\"system\": \"%s\", \"metric\": \"rate\", \"round\": %d, \"value\": %.6g}%n",
        system,
        round,
        rate);
  }

  private static int number(String[] words, String name, int otherwise) {
    int at = List.of(words).indexOf(name);
    if (at < 0) {
      return otherwise;
    }
    String text = at + 1 < words.length ? words[at + 1] : "nothing";
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " needs a whole number, got " + text, e);
    }
  }
}
