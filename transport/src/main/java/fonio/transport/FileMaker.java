package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Makes files that are allocated whole, so that a full folder is an error now and no signal later.
 */
final class FileMaker {
  private FileMaker() {}

  /** Makes a file of mode 0600. */
  static void create(Path path, long bytes) {
    int descriptor =
        Libc.open(path, Libc.O_RDWR | Libc.O_CREAT | Libc.O_EXCL | Libc.O_CLOEXEC, 0600);
    if (descriptor < 0) {
      throw cannotOpen(path, bytes, -descriptor);
    }
    int error = bytes == 0 ? 0 : Libc.allocate(descriptor, bytes);
    Libc.close(descriptor);
    if (error != 0) {
      remove(path);
      throw isFull(error)
          ? new NoSpaceException(path.getParent(), bytes)
          : failed(path, "cannot be allocated with " + bytes + " bytes", error);
    }
  }

  private static RuntimeException cannotOpen(Path path, long bytes, int error) {
    if (isFull(error)) {
      return new NoSpaceException(path.getParent(), bytes);
    }
    return switch (error) {
      case Libc.EEXIST -> new UncheckedIOException(new FileAlreadyExistsException(path.toString()));
      case Libc.ENOENT -> new UncheckedIOException(new NoSuchFileException(path.toString()));
      default -> failed(path, "cannot be made", error);
    };
  }

  private static boolean isFull(int error) {
    return error == Libc.ENOSPC
        || error == Libc.EDQUOT
        || error == Libc.ENOMEM
        || error == Libc.EFBIG;
  }

  private static UncheckedIOException failed(Path path, String what, int error) {
    String text = path + " " + what + ": error number " + error;
    return new UncheckedIOException(text, new IOException(text));
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be removed", e);
    }
  }
}
