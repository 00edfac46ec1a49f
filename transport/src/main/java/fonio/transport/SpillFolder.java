package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder on disk for large payloads that shared memory has no room for. */
public record SpillFolder(Path path) {

  /**
   * Makes it, after it was named in the run's folder: should this process be killed, the next start
   * removes both.
   */
  public static SpillFolder of(RunFolder run) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    Path spill = temporary.resolve(RunFolder.spillName(run.path()));
    try {
      run.nameSpill(spill);
      Files.createDirectory(
          spill,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return new SpillFolder(spill);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no folder can be made in %s; set -Djava.io.tmpdir to one where you may write"
              .formatted(temporary),
          e);
    }
  }

  /** Removes it and what is left in it. */
  public void delete() {
    try {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + path + " cannot be removed", e);
    }
  }
}
