package fonio.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A reader of one frame where it lies in an array; it is moved from frame to frame.
 *
 * <p>{@link #next} and {@link #wrap} check the frame whole, so that every accessor below is safe
 * for an index below {@link #count()} (parents: below {@link #parentTotal()}). The view holds until
 * the bytes under it move: until the queue's next {@code reserve}.
 */
public final class FrameView {
  private final Columns columns = new Columns();

  /**
   * Moves to the frame at a queue's head, when it is there whole.
   *
   * @return false when more bytes must come first
   * @throws MalformedFrameException as soon as the header is wrong, or any other part
   */
  public boolean next(ByteQueue queue) {
    int size = queue.size();
    if (size < Limits.HEADER_BYTES) {
      return false;
    }
    int length = Columns.checkedLength(queue.array(), queue.head());
    if (size - Limits.HEADER_BYTES < length) {
      return false;
    }
    columns.locate(queue.array(), queue.head(), queue.tail());
    return true;
  }

  /** How many bytes must come before {@link #next} finds a whole frame at the queue's head. */
  public int missingBytes(ByteQueue queue) {
    int size = queue.size();
    int whole =
        size < Limits.HEADER_BYTES
            ? Limits.HEADER_BYTES
            : Limits.HEADER_BYTES + Columns.checkedLength(queue.array(), queue.head());
    return Math.max(0, whole - size);
  }

  /** Moves to the frame that starts at an index and ends before a limit. */
  public void wrap(byte[] bytes, int start, int limit) {
    if (start < 0 || limit < start || limit > bytes.length) {
      throw new IllegalArgumentException(
          "no frame from " + start + " to " + limit + " in " + bytes.length + " bytes");
    }
    columns.locate(bytes, start, limit);
  }

  /** Moves to the frame at an index of a buffer that has an array. */
  public void wrap(ByteBuffer buffer, int offset) {
    int base = buffer.arrayOffset();
    wrap(buffer.array(), base + offset, base + buffer.limit());
  }

  /** The array under the view; every position below is an index of it. */
  public byte[] array() {
    return columns.bytes;
  }

  /** Where the frame starts. */
  public int start() {
    return columns.start;
  }

  /** Where the frame ends. */
  public int end() {
    return columns.end;
  }

  /** How many bytes the whole frame has, header included: what to drop from the queue. */
  public int size() {
    return columns.end - columns.start;
  }

  /** What the frame is: a constant of {@link Kind}. */
  public int kind() {
    return columns.kind;
  }

  /** Which columns it has: bits of {@link Flag}. */
  public int flags() {
    return columns.flags;
  }

  /** Whether it has a column. */
  public boolean has(int flag) {
    return columns.has(flag);
  }

  /** The class of its tasks, unless there is a class column. */
  public int classId() {
    return LittleEndian.getShort(columns.bytes, columns.start + 6);
  }

  /** How many tasks it has, or what else its kind counts. */
  public int count() {
    return columns.count;
  }

  /** The header's first task id, unsigned. */
  public int first() {
    return LittleEndian.getInt(columns.bytes, columns.start + 12);
  }

  /** The i-th task's id in the session. */
  public long task(int i) {
    return Integer.toUnsignedLong(
        columns.has(Flag.IDS)
            ? LittleEndian.getInt(columns.bytes, columns.ids + 4 * i)
            : first() + i);
  }

  /** Stores all task ids, each with the session's base added. */
  public void tasks(long base, long[] into, int at) {
    for (int i = 0; i < columns.count; i++) {
      into[at + i] = base + task(i);
    }
  }

  /** The i-th task's class. */
  public int classOf(int i) {
    return columns.has(Flag.CLASSES)
        ? LittleEndian.getShort(columns.bytes, columns.classes + 2 * i)
        : classId();
  }

  /** The i-th entry of the length column as it stands, with its segment bit. */
  public int rawLength(int i) {
    return columns.has(Flag.LENGTHS)
        ? LittleEndian.getInt(columns.bytes, columns.lengths + 4 * i)
        : 0;
  }

  /** How many bytes of the blob the i-th payload takes. */
  public int length(int i) {
    return Length.bytes(rawLength(i));
  }

  /** Whether the i-th payload is a {@link SegmentReference}. */
  public boolean isSegment(int i) {
    return Length.isSegment(rawLength(i));
  }

  /** Where the i-th payload starts. */
  public int payloadOffset(int i) {
    return columns.has(Flag.LENGTHS) ? columns.payloads[i] : columns.blob;
  }

  /**
   * Where the payloads of the i-th task and of its parents start; the blob's end after the last.
   */
  int taskOffset(int i) {
    if (i == columns.count) {
      return columns.end;
    }
    if (parentCount(i) > 0) {
      return columns.parentPayloads[columns.firstParents[i]];
    }
    return columns.has(Flag.LENGTHS) || columns.parentTotal > 0
        ? columns.payloads[i]
        : columns.blob;
  }

  /** The i-th status: a constant of {@link Status}. */
  public int status(int i) {
    return columns.has(Flag.STATUS) ? columns.bytes[columns.statuses + i] & 0xFF : Status.OK;
  }

  /** The i-th task's attempt, its lower 16 bits. */
  public int attempt(int i) {
    return columns.has(Flag.ATTEMPTS)
        ? LittleEndian.getShort(columns.bytes, columns.attempts + 2 * i)
        : 0;
  }

  /** How many parents all tasks have together. */
  public int parentTotal() {
    return columns.parentTotal;
  }

  /** How many parents the i-th task has. */
  public int parentCount(int i) {
    return columns.has(Flag.DEPENDENCIES)
        ? columns.firstParents[i + 1] - columns.firstParents[i]
        : 0;
  }

  /** The index of the i-th task's first parent. */
  public int firstParent(int i) {
    return columns.has(Flag.DEPENDENCIES) ? columns.firstParents[i] : 0;
  }

  /** The j-th parent's id in the session, counted over all tasks of the frame. */
  public long parent(int j) {
    return Integer.toUnsignedLong(
        LittleEndian.getInt(columns.bytes, columns.parents + columns.parentStride() * j));
  }

  /** The j-th parent's length as it stands, in TASKS; see {@link Length}. */
  public int rawParentLength(int j) {
    return LittleEndian.getInt(columns.bytes, columns.parents + 8 * j + 4);
  }

  /** How many bytes of the blob the j-th parent's payload takes, in TASKS. */
  public int parentLength(int j) {
    return Length.bytes(rawParentLength(j));
  }

  /** Where the j-th parent's payload starts, in TASKS. */
  public int parentPayloadOffset(int j) {
    return columns.parentPayloads[j];
  }

  /** Where the extension's bytes start. */
  public int extensionOffset() {
    return columns.extension;
  }

  /** How many bytes the extension has, 0 when there is none. */
  public int extensionLength() {
    return columns.extensionBytes;
  }

  /** The nanoseconds that running the tasks of a RESULTS took, -1 when it does not say. */
  public long ranNanos() {
    return columns.kind == Kind.RESULTS && columns.extensionBytes == 8
        ? LittleEndian.getLong(columns.bytes, columns.extension)
        : -1;
  }

  /** Where the blob starts. */
  public int blobOffset() {
    return columns.blob;
  }

  /** How many bytes the blob has. */
  public int blobLength() {
    return columns.end - columns.blob;
  }

  /** The whole blob as text. */
  public String blobText() {
    return new String(columns.bytes, columns.blob, blobLength(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "%s of %d, class %d, first %s, %d bytes"
        .formatted(
            Kind.name(kind()), count(), classId(), Integer.toUnsignedString(first()), size());
  }
}
