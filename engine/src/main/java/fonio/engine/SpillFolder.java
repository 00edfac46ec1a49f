package fonio.engine;

import fonio.transport.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder on disk for large payloads of a run in this JVM that shared memory has no room for.
 */
record SpillFolder(Path path) {

  /** Makes it, and names it so that a later start removes it should this one not come to that. */
  static SpillFolder of(RunFolder run) {
    try {
      Path spill = Files.createTempDirectory("fonio-").resolve("spill");
      Files.createDirectory(spill);
      run.nameSpill(spill);
      return new SpillFolder(spill);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no folder can be made in %s; set -Djava.io.tmpdir to one where you may write"
              .formatted(System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  void delete() {
    try {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(path);
      Path parent = path.getParent();
      if (parent != null) {
        Files.deleteIfExists(parent);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + path + " cannot be removed", e);
    }
  }
}
