package fonio.manager;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A manager that runs in a thread of its own, with a clock that a test may move. */
final class RunningManager implements AutoCloseable {
  private final AtomicLong skippedNanos = new AtomicLong();
  private final Manager manager;
  private final CompletableFuture<String> ended;

  RunningManager(ScriptedInterchange interchange, Optional<Duration> walltime) throws IOException {
    ManagerOptions options =
        new ManagerOptions(
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), interchange.port())),
            ScriptedInterchange.TOKEN,
            Optional.empty(),
            "m1",
            "7",
            walltime);
    manager = new Manager(options, () -> System.nanoTime() + skippedNanos.get());
    ended =
        CompletableFuture.supplyAsync(manager::run, task -> new Thread(task, "manager").start());
  }

  void skip(Duration time) {
    skippedNanos.addAndGet(time.toNanos());
  }

  /** Waits for its end: why it ended, empty when in order. */
  String end() throws IOException {
    try {
      return ended.get(40, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IOException("the manager does not end", e);
    }
  }

  boolean isRunning() {
    return !ended.isDone();
  }

  @Override
  public void close() throws IOException {
    manager.stop();
    end();
    manager.close();
  }
}
