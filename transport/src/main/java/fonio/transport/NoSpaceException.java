package fonio.transport;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A folder has no room for a file. */
public final class NoSpaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSpaceException(@Nullable Path folder, long bytes) {
    super("no room for " + bytes + " bytes in " + folder + ": free some, or use a larger folder");
  }

  NoSpaceException(Path folder, Path spill, long bytes) {
    super(
        "no room for %d bytes, neither in %s nor in %s: free some, or return less per task"
            .formatted(bytes, folder, spill));
  }
}
