package fonio.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The part of a file that is in memory; it moves with what is asked for. */
final class Window implements AutoCloseable {
  private static final int FIRST_BYTES = 4096;
  private static final int USUAL_BYTES = 256 * 1024;

  private final FileChannel channel;
  private final long size;
  private ByteBuffer bytes = buffer(FIRST_BYTES).limit(0);
  private long start;

  private Window(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /** A window on a file as long as it is now. */
  static Window open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return new Window(channel, channel.size());
  }

  private static ByteBuffer buffer(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  long size() {
    return size;
  }

  /** Whether the file has so many bytes there; they are in {@link #bytes} then. */
  boolean has(long offset, int count) throws IOException {
    if (offset + count > size) {
      return false;
    }
    if (offset < start || offset + count > start + bytes.limit()) {
      fill(offset, count);
    }
    return bytes.limit() >= offset - start + count;
  }

  private void fill(long offset, int count) throws IOException {
    int least = offset == 0 ? FIRST_BYTES : USUAL_BYTES;
    if (bytes.capacity() < Math.max(least, count)) {
      bytes = buffer(Math.max(least, count));
    }
    bytes.clear().limit((int) Math.min(bytes.capacity(), size - offset));
    start = offset;
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = channel.read(bytes, offset + bytes.position());
    }
    bytes.flip();
  }

  /** The bytes in memory; absolute access only, after {@link #has}. */
  ByteBuffer bytes() {
    return bytes;
  }

  /** Where in {@link #bytes} the byte of that offset is. */
  int index(long offset) {
    return (int) (offset - start);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
