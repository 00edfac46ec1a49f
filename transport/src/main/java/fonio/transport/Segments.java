package fonio.transport;

import fonio.wire.SegmentReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The payloads of a run that are too large for a frame: files in shared memory or, where that is
 * full, in the spill folder. Any thread may use it.
 */
public final class Segments {
  private final Path folder;
  private final Path spill;
  private final int maker;
  private final AtomicInteger serial = new AtomicInteger();

  /**
   * Makes the segments of one process.
   *
   * @param folder where segments lie, in shared memory
   * @param spill where they lie when that is full
   * @param maker this process's number among those of the run
   */
  public Segments(Path folder, Path spill, int maker) {
    this.folder = folder;
    this.spill = spill;
    this.maker = maker;
  }

  /**
   * Makes a segment of so many bytes, all zero.
   *
   * @throws NoSpaceException when neither folder has room
   */
  public SegmentReference create(long bytes) {
    int number = serial.getAndIncrement();
    SegmentReference shared =
        new SegmentReference(SegmentReference.number(maker, number, false), bytes);
    try {
      FileMaker.create(path(shared.segment()), bytes);
      return shared;
    } catch (NoSpaceException full) {
      return spill(number, bytes, full);
    }
  }

  private SegmentReference spill(int number, long bytes, NoSpaceException full) {
    SegmentReference spilled =
        new SegmentReference(SegmentReference.number(maker, number, true), bytes);
    try {
      FileMaker.create(path(spilled.segment()), bytes);
      return spilled;
    } catch (NoSpaceException fullToo) {
      NoSpaceException both = new NoSpaceException(folder, spill, bytes);
      both.addSuppressed(full);
      both.addSuppressed(fullToo);
      throw both;
    }
  }

  /** Makes a segment of a part of an array. */
  public SegmentReference store(byte[] bytes, int from, int count) {
    return store(MemorySegment.ofArray(bytes).asSlice(from, count));
  }

  /** Makes a segment of the bytes of a memory segment. */
  public SegmentReference store(MemorySegment bytes) {
    SegmentReference reference = create(bytes.byteSize());
    try (Arena arena = Arena.ofConfined()) {
      map(reference, MapMode.READ_WRITE, arena).copyFrom(bytes);
    }
    return reference;
  }

  /**
   * The bytes of a segment, mapped privately for as long as an arena lives.
   *
   * @throws UncheckedIOException when it is gone, or shorter than the reference says
   */
  public MemorySegment map(SegmentReference reference, Arena arena) {
    return map(reference, MapMode.PRIVATE, arena);
  }

  private MemorySegment map(SegmentReference reference, MapMode mode, Arena arena) {
    Path path = path(reference.segment());
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (file.size() < reference.bytes()) {
        throw new IOException(
            "it has " + file.size() + " bytes, its reference says " + reference.bytes());
      }
      return file.map(mode, 0, reference.bytes(), arena);
    } catch (IOException e) {
      throw new UncheckedIOException("segment " + path + " cannot be mapped: " + e.getMessage(), e);
    }
  }

  /** Removes a segment's file, if it is still there; its mappings live on. */
  public boolean delete(long segment) {
    try {
      return Files.deleteIfExists(path(segment));
    } catch (IOException e) {
      throw new UncheckedIOException("segment " + path(segment) + " cannot be removed", e);
    }
  }

  /** The file of a segment, of this maker or another of the run. */
  public Path path(long segment) {
    return (segment < 0 ? spill : folder).resolve(SegmentReference.fileName(segment));
  }
}
