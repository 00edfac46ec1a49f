package fonio.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How a durable run stands that has not ended. */
final class DurableState {
  /** Its engine goes on, and its program is there. */
  static final String RUNNING = "running";

  /** Its engine goes on, without a program. */
  static final String KEPT = "kept";

  /** Its engine is gone; {@code fonio.attach} starts another one on the journal. */
  static final String RESUMABLE = "resumable";

  private DurableState() {}

  /**
   * The state.
   *
   * @param journal the run's journal, which a living engine has locked
   * @param hasClient whether the program that began it lives
   */
  static String of(Path journal, boolean hasClient) {
    if (!isLocked(journal.resolve("lock"))) {
      return RESUMABLE;
    }
    return hasClient ? RUNNING : KEPT;
  }

  private static boolean isLocked(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException mine) {
      return true;
    } catch (IOException unreadable) {
      return false;
    }
  }
}
