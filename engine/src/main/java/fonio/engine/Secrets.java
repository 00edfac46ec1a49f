package fonio.engine;

import fonio.transport.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The files by which managers and their interchange know and find each other.
 *
 * @param token file with the secret of the run
 * @param port file with the port of a durable run's interchange, once it is kept
 * @param key file with the certificate of the run; empty in clear text
 * @param certificate what is in that file
 */
record Secrets(Path token, Path port, Optional<Path> key, Optional<RunCertificate> certificate)
    implements AutoCloseable {
  private static final String KEY = "tls.p12";

  /** Writes them into a folder that managers see too; the certificate is made meanwhile. */
  static Secrets write(Path folder, String label, String token, boolean encrypted)
      throws IOException {
    Path file = folder.resolve(label + ".token");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, token + "\n");
    Optional<Path> key = encrypted ? Optional.of(folder.resolve(KEY)) : Optional.empty();
    return new Secrets(
        file, KeptPort.file(folder, label), key, key.map(path -> new RunCertificate(path, token)));
  }

  /** What proves this side and tells the other; it waits until that is made. */
  Optional<Supplier<TlsIdentity>> identity() {
    return certificate.map(made -> made::identity);
  }

  /** Removes the files: who comes later is not let in. */
  @Override
  public void close() {
    certificate.ifPresent(RunCertificate::close);
    try {
      Files.deleteIfExists(token);
      Files.deleteIfExists(port);
      if (key.isPresent()) {
        Files.deleteIfExists(key.get());
      }
    } catch (IOException e) {
      System.err.println(
          "fonio: a secret of the run was not removed: " + e + "; remove it by hand");
    }
  }
}
