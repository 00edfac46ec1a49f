package fonio.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The files of the operating system. */
final class SystemDisk implements Disk {
  private static final int MOST_IN_WRITE = 1 << 20;

  private record OpenSegment(FileChannel channel) implements Segment {
    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      int end = bytes.limit();
      long at = offset;
      while (bytes.position() < end) {
        bytes.limit(Math.min(end, bytes.position() + MOST_IN_WRITE));
        at += channel.write(bytes, at);
      }
      bytes.limit(end);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  @Override
  public Segment create(Path file) throws IOException {
    return new OpenSegment(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE));
  }

  @Override
  public Segment open(Path file) throws IOException {
    return new OpenSegment(FileChannel.open(file, StandardOpenOption.WRITE));
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
