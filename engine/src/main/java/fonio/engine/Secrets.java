package fonio.engine;

import fonio.transport.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The files by which managers and their interchange know each other.
 *
 * @param token file with the secret of the run
 * @param key file with the certificate of the run; empty in clear text
 * @param identity gives what is in that file, once it is made
 * @param closed whether they are of no use any more
 */
record Secrets(
    Path token, Optional<Path> key, Optional<Supplier<TlsIdentity>> identity, AtomicBoolean closed)
    implements AutoCloseable {
  private static final String KEY = "tls.p12";

  /** Only one thread at a time makes the certificate that all executors of a run share. */
  private static final Object MAKING = new Object();

  /** Writes them into a folder that their managers see too; the certificate is made meanwhile. */
  static Secrets write(Path folder, String label, String token, boolean encrypted)
      throws IOException {
    Path file = folder.resolve(label + ".token");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, token + "\n");
    Optional<Path> key = encrypted ? Optional.of(folder.resolve(KEY)) : Optional.empty();
    AtomicBoolean closed = new AtomicBoolean();
    return new Secrets(file, key, key.map(path -> identity(path, token, closed)), closed);
  }

  private static Supplier<TlsIdentity> identity(Path file, String token, AtomicBoolean closed) {
    FutureTask<TlsIdentity> made = new FutureTask<>(() -> made(file, token, closed));
    Thread.ofPlatform().daemon().name("fonio-key").start(made);
    return () -> {
      try {
        return made.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("no certificate could be made: " + e.getCause(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    };
  }

  private static TlsIdentity made(Path file, String token, AtomicBoolean closed)
      throws IOException {
    synchronized (MAKING) {
      if (!Files.exists(file)) {
        TlsIdentity.create(file, token);
      }
    }
    TlsIdentity identity = TlsIdentity.load(file, token);
    if (closed.get()) {
      Files.deleteIfExists(file);
    }
    return identity;
  }

  /** The words of the command {@code manager} that name the certificate; none in clear text. */
  List<String> words() {
    return key.map(file -> List.of("--tls", file.toString())).orElse(List.of());
  }

  /** Removes the files: who comes later is not let in. */
  @Override
  public void close() {
    closed.set(true);
    try {
      Files.deleteIfExists(token);
      if (key.isPresent()) {
        Files.deleteIfExists(key.get());
      }
    } catch (IOException e) {
      System.err.println("fonio: a secret of the run was not removed: " + e);
    }
  }
}
