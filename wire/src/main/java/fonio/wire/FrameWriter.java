package fonio.wire;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A writer that appends frames to a queue: header, columns in the order of their flags, payloads.
 *
 * <p>A column whose every value is the default (no bytes, ok, ids that follow each other) is left
 * out. {@link #end} completes the header; until then the queue must not be written or read
 * otherwise. A frame that does not add up is a bug of its writer: {@link IllegalStateException},
 * and the queue is as it was before {@link #begin}.
 */
public final class FrameWriter {
  private final ByteQueue out;
  private int start = -1;
  private int kind;
  private int flags;
  private int count;
  private long promisedBytes;
  private int blob;

  /** Makes a writer at a queue's tail. */
  public FrameWriter(ByteQueue out) {
    this.out = out;
  }

  /** Starts a frame. */
  public FrameWriter begin(int kind, int classId, int count, int first) {
    if (start >= 0) {
      throw new IllegalStateException(
          "a " + Kind.name(this.kind) + " frame is open: end or abandon it first");
    }
    if (count < 0 || count > Limits.MAX_COUNT) {
      throw new IllegalArgumentException(
          "a frame of " + count + " tasks; split it, the most is " + Limits.MAX_COUNT);
    }
    start = out.size();
    this.kind = kind;
    this.count = count;
    flags = 0;
    promisedBytes = 0;
    out.reserve(Limits.HEADER_BYTES);
    out.putInt(0);
    out.putInt(kind | classId << 16);
    out.putInt(count);
    out.putInt(first);
    blob = out.size();
    return this;
  }

  /** Writes the ids, from an index of the array on. */
  public FrameWriter ids(int[] ids, int from) {
    if (followEachOther(ids, from)) {
      out.setInt(start + 12, count == 0 ? 0 : ids[from]);
      return this;
    }
    column(Flag.IDS);
    return ints(ids, from, count);
  }

  /** Writes the ids of tasks, less the session's base. */
  public FrameWriter ids(long[] tasks, int from, long base) {
    int at = start + 12;
    boolean consecutive = true;
    for (int i = 1; i < count && consecutive; i++) {
      consecutive = tasks[from + i] == tasks[from] + i;
    }
    if (consecutive) {
      out.setInt(at, count == 0 ? 0 : (int) (tasks[from] - base));
      return this;
    }
    column(Flag.IDS);
    int to = out.reserve(4 * count);
    byte[] bytes = out.array();
    for (int i = 0; i < count; i++) {
      LittleEndian.putInt(bytes, to + 4 * i, (int) (tasks[from + i] - base));
    }
    return wrote(4 * count);
  }

  /** Writes a class for each task. */
  public FrameWriter classes(int[] classes, int from) {
    column(Flag.CLASSES);
    return shorts(classes, from);
  }

  /** Writes the lengths of the payloads, as {@link Length} has them. */
  public FrameWriter lengths(int[] lengths, int from) {
    int any = 0;
    for (int i = 0; i < count; i++) {
      any |= lengths[from + i];
      promisedBytes += Length.bytes(lengths[from + i]);
    }
    if (any == 0) {
      return this;
    }
    column(Flag.LENGTHS);
    return ints(lengths, from, count);
  }

  /** Writes the parents of the tasks of a SUBMIT: how many each has, then all of them. */
  public FrameWriter parents(int[] counts, int[] parents) {
    int total = parentCounts(counts, Kind.SUBMIT);
    return total == 0 ? this : ints(parents, 0, total);
  }

  /** Writes the parents of the tasks of a TASKS, each with its length. */
  public FrameWriter parents(int[] counts, int[] parents, int[] lengths) {
    int total = parentCounts(counts, Kind.TASKS);
    int at = out.reserve(8 * total);
    byte[] bytes = out.array();
    for (int j = 0; j < total; j++) {
      LittleEndian.putInt(bytes, at + 8 * j, parents[j]);
      LittleEndian.putInt(bytes, at + 8 * j + 4, lengths[j]);
      promisedBytes += Length.bytes(lengths[j]);
    }
    return wrote(8 * total);
  }

  /** Writes the lower 16 bits of each task's attempt. */
  public FrameWriter attempts(int[] attempts, int from) {
    column(Flag.ATTEMPTS);
    return shorts(attempts, from);
  }

  /** Writes a status for each task. */
  public FrameWriter statuses(byte[] statuses, int from) {
    int any = 0;
    for (int i = 0; i < count; i++) {
      any |= statuses[from + i];
    }
    if (any == Status.OK) {
      return this;
    }
    column(Flag.STATUS);
    out.put(statuses, from, count);
    return padded(count);
  }

  /** Writes the nanoseconds that running the tasks of a RESULTS took. */
  public FrameWriter ranNanos(long nanos) {
    column(Flag.EXTENSION);
    out.putInt(8);
    out.putLong(nanos);
    return wrote(0);
  }

  /** Writes the extension: in SUBMIT the memo keys. */
  public FrameWriter extension(byte[] bytes, int from, int length) {
    column(Flag.EXTENSION);
    out.putInt(length);
    out.put(bytes, from, length);
    return padded(length);
  }

  /** Appends a payload, or a part of one. */
  public FrameWriter payload(byte[] bytes, int from, int length) {
    out.put(bytes, from, length);
    return this;
  }

  /** Appends what remains in a buffer. */
  public FrameWriter payload(ByteBuffer bytes) {
    out.put(bytes);
    return this;
  }

  /** Appends a part of a memory segment. */
  public FrameWriter payload(MemorySegment bytes, long from, int length) {
    out.put(bytes, from, length);
    return this;
  }

  /** Appends a reference to a segment. */
  public FrameWriter payload(SegmentReference reference) {
    int at = out.reserve(SegmentReference.BYTES);
    reference.encode(out.array(), at);
    out.produced(SegmentReference.BYTES);
    return this;
  }

  /** Ends the frame. */
  public void end() {
    int length = out.size() - start - Limits.HEADER_BYTES;
    int payloads = out.size() - blob;
    boolean measured = !Kind.hasFreeBlob(kind);
    if ((measured && payloads != promisedBytes) || length > Limits.MAX_FRAME_BYTES) {
      abandon();
      throw new IllegalStateException(
          "a %s frame of %d bytes with %d bytes of payloads where its lengths say %d"
              .formatted(Kind.name(kind), length, payloads, promisedBytes));
    }
    out.setInt(start, length);
    out.setByte(start + 5, flags);
    start = -1;
  }

  /** Takes back what was written of the frame. */
  public void abandon() {
    out.truncate(start);
    start = -1;
  }

  /** Writes a whole frame without columns: a control frame, or one whose blob is free. */
  public void frame(int kind, int classId, int count, int first, byte[] blob) {
    begin(kind, classId, count, first).payload(blob, 0, blob.length).end();
  }

  /** Appends a frame that is whole. */
  public void whole(byte[] frame) {
    if (start >= 0) {
      throw new IllegalStateException(
          "a " + Kind.name(kind) + " frame is open: end or abandon it first");
    }
    out.put(frame, 0, frame.length);
  }

  private boolean followEachOther(int[] ids, int from) {
    for (int i = 1; i < count; i++) {
      if (ids[from + i] != ids[from] + i) {
        return false;
      }
    }
    return true;
  }

  private int parentCounts(int[] counts, int expected) {
    if (kind != expected) {
      throw new IllegalStateException(
          "these are the parents of a " + Kind.name(expected) + ", this is a " + Kind.name(kind));
    }
    int total = 0;
    for (int i = 0; i < count; i++) {
      total += counts[i];
    }
    if (total > 0) {
      column(Flag.DEPENDENCIES);
      ints(counts, 0, count);
    }
    return total;
  }

  private void column(int flag) {
    if (flag <= Integer.highestOneBit(flags) || (Kind.columns(kind) & flag) == 0) {
      throw new IllegalStateException(
          "the column %s does not come here in a %s frame"
              .formatted(Flag.name(flag), Kind.name(kind)));
    }
    flags |= flag;
  }

  private FrameWriter ints(int[] values, int from, int length) {
    int at = out.reserve(4 * length);
    byte[] bytes = out.array();
    for (int i = 0; i < length; i++) {
      LittleEndian.putInt(bytes, at + 4 * i, values[from + i]);
    }
    return wrote(4 * length);
  }

  private FrameWriter shorts(int[] values, int from) {
    int at = out.reserve(2 * count);
    byte[] bytes = out.array();
    for (int i = 0; i < count; i++) {
      LittleEndian.putShort(bytes, at + 2 * i, values[from + i]);
    }
    wrote(2 * count);
    return padded(2 * count);
  }

  private FrameWriter padded(int written) {
    out.putZeros(-written & 3);
    return wrote(0);
  }

  private FrameWriter wrote(int bytes) {
    out.produced(bytes);
    blob = out.size();
    return this;
  }
}
