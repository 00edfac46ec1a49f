package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Removes a run's folder: its files first, its lock last but one, itself last. */
final class FolderRemover {
  private FolderRemover() {}

  static void remove(Path folder) {
    try {
      empty(folder);
      Files.deleteIfExists(folder.resolve(RunFolder.LOCK));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the run folder " + folder + " cannot be removed", e);
    }
  }

  private static void empty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          remove(file);
        } else if (!file.endsWith(RunFolder.LOCK)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
