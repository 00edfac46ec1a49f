package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes the folders that runs of this user left behind when all their processes were killed. */
public final class Sweep {
  /** A folder without a lock is taken for one that is being made, until it is this old. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private Sweep() {}

  /**
   * Removes the dead folders in a root such as /dev/shm.
   *
   * @return those that were removed
   */
  public static List<Path> of(Path root, Instant now) {
    List<Path> removed = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, RunFolder.prefix() + "*")) {
      for (Path folder : folders) {
        if (Files.isDirectory(folder) && isRemovedHere(folder, now)) {
          removed.add(folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the run folders in " + root + " cannot be swept", e);
    }
    return removed;
  }

  /** Its own run, or another sweep, may remove a folder while this one looks at it. */
  private static boolean isRemovedHere(Path folder, Instant now) throws IOException {
    try {
      return isRemoved(folder, now);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isRemoved(Path folder, Instant now) throws IOException {
    int descriptor = Libc.open(folder.resolve(RunFolder.LOCK), Libc.O_RDWR | Libc.O_CLOEXEC, 0);
    if (descriptor == -Libc.ENOENT) {
      return isOld(folder, now) && removes(folder);
    }
    if (descriptor < 0) {
      return false;
    }
    try {
      return Libc.flock(descriptor, Libc.LOCK_EX | Libc.LOCK_NB) == 0 && removes(folder);
    } finally {
      Libc.close(descriptor);
    }
  }

  private static boolean removes(Path folder) throws IOException {
    spill(folder.resolve(RunFolder.LOCK)).ifPresent(FolderRemover::remove);
    FolderRemover.remove(folder);
    return true;
  }

  /** The spill folder that a lock names; a name that is not a spill folder's is not believed. */
  private static Optional<Path> spill(Path lock) throws IOException {
    if (!Files.isRegularFile(lock)) {
      return Optional.empty();
    }
    Path spill = Path.of(Files.readString(lock));
    return RunFolder.isSpill(spill) ? Optional.of(spill) : Optional.empty();
  }

  private static boolean isOld(Path folder, Instant now) throws IOException {
    return Files.getLastModifiedTime(folder).toInstant().plus(GRACE).isBefore(now);
  }
}
