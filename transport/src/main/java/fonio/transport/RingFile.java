package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The shared memory of one link: two rings and the words beside them, mapped from a file.
 *
 * <p>With capacity 0 the file has the control pages only: the link is a socket, and the words
 * {@code running} and {@code recall} are still there.
 */
public final class RingFile implements AutoCloseable {
  /** The data bytes of a ring unless something else is asked for. */
  public static final int DEFAULT_CAPACITY = 1 << 20;

  private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();
  private static final long RUNNING = 1024;
  private static final long RECALL_FROM = 1024;
  private static final long RECALL_TO = 1032;

  private final Path path;
  private final Arena arena;
  private final MemorySegment up;
  private final MemorySegment down;
  private final int capacity;

  private RingFile(Path path, Arena arena, MemorySegment whole) {
    this.path = path;
    this.arena = arena;
    long half = whole.byteSize() / 2;
    up = whole.asSlice(0, half);
    down = whole.asSlice(half);
    capacity = (int) (half - Ring.CONTROL_BYTES);
  }

  /**
   * Makes and maps a new file, all of it allocated: the listener's side.
   *
   * @param capacity the data bytes of each ring: a power of two, or 0
   * @throws NoSpaceException when the folder is full
   */
  public static RingFile create(Path path, int capacity) {
    if (!isCapacity(capacity)) {
      throw new IllegalArgumentException(
          "a ring's capacity of " + capacity + " bytes is not a power of two of 64 or more");
    }
    FileMaker.create(path, 2L * (Ring.CONTROL_BYTES + capacity));
    return open(path);
  }

  /** Maps a file that the other side made. */
  @SuppressWarnings("MustBeClosedChecker") // the arena is closed with the ring file
  public static RingFile open(Path path) {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long capacity = file.size() / 2 - Ring.CONTROL_BYTES;
      if (file.size() % 2 != 0 || !isCapacity(capacity)) {
        throw new IllegalArgumentException(
            path + " has " + file.size() + " bytes, which is no ring file");
      }
      Arena arena = Arena.ofShared();
      return new RingFile(
          path, arena, file.map(FileChannel.MapMode.READ_WRITE, 0, file.size(), arena));
    } catch (IOException e) {
      throw new UncheckedIOException("the ring file " + path + " cannot be mapped", e);
    }
  }

  private static boolean isCapacity(long capacity) {
    return capacity == 0 || (capacity >= 64 && capacity <= 1 << 30 && Long.bitCount(capacity) == 1);
  }

  /** The data bytes of each ring; 0 when the link is a socket. */
  public int capacity() {
    return capacity;
  }

  /** Removes the file's name: the mappings live on. */
  public void unlink() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("the ring file " + path + " cannot be removed", e);
    }
  }

  /** The sequence number of the task that the worker runs, 0 when it runs none. */
  public long running() {
    return (long) WORD.getAcquire(up, RUNNING);
  }

  /** Worker: says which task it is about to run. */
  public void running(long sequence) {
    WORD.setRelease(up, RUNNING, sequence);
  }

  /** Engine: takes back the tasks from one sequence number up to, and without, another. */
  public void recall(long from, long to) {
    WORD.setRelease(down, RECALL_FROM, from);
    WORD.setRelease(down, RECALL_TO, to);
  }

  /** Worker, after it said what it runs: whether that task was taken back. */
  public boolean isRecalled(long sequence) {
    VarHandle.fullFence();
    return sequence < (long) WORD.getAcquire(down, RECALL_TO)
        && sequence >= (long) WORD.getAcquire(down, RECALL_FROM);
  }

  Ring up(boolean producer) {
    return new Ring(up, producer);
  }

  Ring down(boolean producer) {
    return new Ring(down, producer);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
