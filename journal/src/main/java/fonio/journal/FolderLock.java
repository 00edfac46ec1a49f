package fonio.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock by which one process at a time writes a folder; it ends with the process. */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock take(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new FolderLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // The lock belongs to this very process; for the caller that is the same.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new JournalException(
        "The journal in "
            + folder
            + " is open already, here or in another process; end that one, or name another folder",
        null);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
