package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder of one run that lives as long as a process that holds it.
 *
 * <p>Every process of the run that may be the last holds a shared {@code flock(2)} on the folder's
 * file {@code lock}. {@link Sweep} removes folders whose lock nobody holds.
 */
public final class RunFolder implements AutoCloseable {
  static final String LOCK = "lock";
  private static final String SPILL = "spill";
  private static final String OWN_SPILL = "fonio-spill-";

  private static final int ATTEMPTS = 3;

  private final Path path;
  private int descriptor;

  private RunFolder(Path path, int descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /** Makes and holds the folder {@code fonio-UID-RUN} in a folder such as /dev/shm. */
  public static RunFolder create(Path root, String run) {
    Path path = root.resolve(prefix() + run);
    for (int attempt = 1; ; attempt++) {
      try {
        Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return hold(path, Libc.O_RDWR | Libc.O_CREAT | Libc.O_CLOEXEC);
      } catch (IOException e) {
        throw new UncheckedIOException("the run folder " + path + " cannot be made", e);
      } catch (IllegalStateException swept) {
        if (attempt == ATTEMPTS) {
          throw swept;
        }
      }
    }
  }

  /** Holds a folder that another process of the run made. */
  public static RunFolder join(Path path) {
    return hold(path, Libc.O_RDWR | Libc.O_CLOEXEC);
  }

  private static RunFolder hold(Path path, int flags) {
    Path lock = path.resolve(LOCK);
    int descriptor = Libc.open(lock, flags, 0600);
    if (descriptor < 0) {
      throw new IllegalStateException(
          lock + " cannot be opened: error number " + -descriptor + "; start the run again");
    }
    int error = Libc.flock(descriptor, Libc.LOCK_SH | Libc.LOCK_NB);
    if (error != 0 || !Files.exists(lock)) {
      Libc.close(descriptor);
      throw new IllegalStateException(
          path + " is being removed by another start of Fonio; start the run again");
    }
    return new RunFolder(path, descriptor);
  }

  /** How the names of the user's folders begin. */
  static String prefix() {
    try {
      return "fonio-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid") + "-";
    } catch (IOException e) {
      throw new UncheckedIOException("the user's number cannot be read from /proc/self", e);
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** The name of a spill folder of its own for the run of a folder. */
  public static String spillName(Path run) {
    String name = String.valueOf(run.getFileName());
    return OWN_SPILL + name.substring(name.indexOf('-') + 1);
  }

  /** Whether a path is named as spill folders are: others are never removed for a name's sake. */
  static boolean isSpill(Path path) {
    return path.isAbsolute()
        && (path.endsWith(SPILL) || String.valueOf(path.getFileName()).startsWith(OWN_SPILL));
  }

  /**
   * Names the run's spill folder, so that a sweep removes it too.
   *
   * @param spill a folder whose last name is {@code spill} or a {@link #spillName}
   */
  public void nameSpill(Path spill) {
    if (!isSpill(spill.toAbsolutePath())) {
      throw new IllegalArgumentException(
          "%s must end with '%s', or with a name that begins with '%s', to be swept"
              .formatted(spill, SPILL, OWN_SPILL));
    }
    try {
      Files.writeString(path.resolve(LOCK), spill.toAbsolutePath().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("the spill folder cannot be named in " + path, e);
    }
  }

  /** Removes the folder with all that is in it, and lets go of it. */
  public void delete() {
    FolderRemover.remove(path);
    close();
  }

  /** Lets go of the folder: the next sweep removes it, unless another process holds it. */
  @Override
  public void close() {
    if (descriptor >= 0) {
      Libc.close(descriptor);
      descriptor = -1;
    }
  }
}
