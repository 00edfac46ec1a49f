package fonio.pool;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts worker processes from one thread that lives as long as the pool.
 *
 * <p>A parent-death signal is tied to the thread that started the child, so that thread must not
 * end before the pool does.
 */
final class Spawner implements AutoCloseable {
  private static final int THIS_THREAD = 0;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> {
        Thread t = new Thread(task, "fonio-spawner");
        t.setDaemon(true);
        return t;
      });

  /**
   * What to start.
   *
   * @param command the program, found by PATH, and its arguments
   * @param environment the whole environment of the process
   * @param out the file that its standard output is appended to
   * @param err the file that its standard error is appended to
   * @param cores those that all its threads may use; none: those of this process
   */
  record Plan(
      List<String> command,
      Map<String, String> environment,
      Path workingDirectory,
      Path out,
      Path err,
      List<Integer> cores) {}

  /**
   * Starts a process in a process group of its own, with nothing to read and no file of ours open.
   *
   * @return its process id
   * @throws SpawnException when the program cannot be started
   */
  int start(Plan plan) {
    try {
      return thread.submit(() -> startOnCores(plan)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SpawnException("interrupted while starting " + plan.command().getFirst());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * A process has the cores of the thread that starts it, in all its threads, from its start on.
   */
  private static int startOnCores(Plan plan) {
    if (plan.cores().isEmpty()) {
      return PosixSpawn.start(plan);
    }
    List<Integer> own = Processes.allowedCores();
    if (!Processes.pin(THIS_THREAD, plan.cores())) {
      throw new SpawnException(
          "sched_setaffinity refuses the cores %s of cpu_affinity; name others, or leave it out"
              .formatted(plan.cores()));
    }
    try {
      return PosixSpawn.start(plan);
    } finally {
      Processes.pin(THIS_THREAD, own);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
