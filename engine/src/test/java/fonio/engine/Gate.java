package fonio.engine;

import fonio.testkit.Deadline;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Where tasks wait until a test lets them go on, whatever process runs them: two files. */
record Gate(String path) implements Serializable {
  private static final long POLL_NANOS = 200_000;

  /** A gate that is closed. */
  static Gate in(Path folder) {
    return new Gate(folder.resolve("gate").toString());
  }

  /** Task: tells that it is here and waits until the gate is open. */
  int pass(int value) throws IOException, InterruptedException {
    create(arrival());
    while (!isOpen()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted at " + path);
      }
      LockSupport.parkNanos(this, POLL_NANOS);
    }
    return value;
  }

  /** Waits until a task is here. */
  void awaitArrival() {
    Deadline.in(Duration.ofSeconds(60)).await("a task at " + path, () -> Files.exists(arrival()));
  }

  boolean isOpen() {
    return Files.exists(Path.of(path));
  }

  void open() {
    try {
      create(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path arrival() {
    return Path.of(path + ".arrival");
  }

  private static void create(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file);
    }
  }
}
