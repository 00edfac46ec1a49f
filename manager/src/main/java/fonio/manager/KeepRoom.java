package fonio.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** How much of its tasks' large results a node keeps for tasks that come later. */
final class KeepRoom {
  /** An eighth of what is free in shared memory: for a moment it may be twice as much. */
  private static final int PARTS = 8;

  private static final long MOST_MEGABYTES = 1 << 20;

  private KeepRoom() {}

  /** What FONIO_KEEP_MB says, else a part of what is free where segments lie. */
  static long megabytes(Map<String, String> environment, Path segments) {
    String said = environment.getOrDefault("FONIO_KEEP_MB", "");
    if (said.isEmpty()) {
      return Math.min(MOST_MEGABYTES, freeMegabytes(segments) / PARTS);
    }
    if (!said.strip().matches("\\d{1,7}")) {
      throw new IllegalArgumentException(
          "FONIO_KEEP_MB="
              + said
              + " is not a number of megabytes; use one from 0, for nothing, to "
              + MOST_MEGABYTES);
    }
    return Math.min(MOST_MEGABYTES, Long.parseLong(said.strip()));
  }

  private static long freeMegabytes(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() >> 20;
    } catch (IOException e) {
      return 0;
    }
  }
}
