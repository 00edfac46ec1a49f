package fonio.engine;

import fonio.transport.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The certificate of a run, made by a thread of its own while the first blocks start. */
final class RunCertificate implements AutoCloseable {
  /** All executors of a run share one file, which one thread makes. */
  private static final Lock MAKING = new ReentrantLock();

  private final FutureTask<TlsIdentity> made;
  private final Thread maker;

  /** Begins to make it, unless the file is there. */
  RunCertificate(Path file, String password) {
    made = new FutureTask<>(() -> make(file, password));
    maker = Thread.ofPlatform().daemon().name("fonio-key").start(made);
  }

  private static TlsIdentity make(Path file, String password)
      throws IOException, InterruptedException {
    MAKING.lockInterruptibly();
    try {
      if (!Files.exists(file)) {
        TlsIdentity.create(file, password);
      }
    } finally {
      MAKING.unlock();
    }
    return TlsIdentity.load(file, password);
  }

  /** The certificate, once it is there. */
  TlsIdentity identity() {
    try {
      return made.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("no certificate could be made: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Ends the making of one that nobody waits for any more, and what does it. */
  @Override
  public void close() {
    maker.interrupt();
    try {
      maker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
