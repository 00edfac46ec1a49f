package fonio.wire;

/**
 * Where the columns and payloads of one frame lie: the only code that believes nothing.
 *
 * <p>{@link #locate} checks every number of a frame against the frame's end before anything is read
 * by it, so that {@link FrameView} needs no checks of its own. Offsets count from the array's
 * start.
 */
final class Columns {
  byte[] bytes = new byte[Limits.HEADER_BYTES];
  int start;
  int end;
  int kind;
  int flags;
  int count;
  int ids;
  int classes;
  int lengths;
  int parentCounts;
  int parents;
  int parentTotal;
  int attempts;
  int statuses;
  int extension;
  int extensionBytes;
  int blob;

  /** Where each payload starts; a payload ends where its length says. */
  int[] payloads = new int[0];

  /** The index of each task's first parent, and one more entry: how many parents there are. */
  int[] firstParents = new int[0];

  /** Where each parent's payload starts, in TASKS. */
  int[] parentPayloads = new int[0];

  private int cursor;

  /** Checks a header alone, so that a bad one is refused before its columns have arrived. */
  static int checkedLength(byte[] bytes, int start) {
    int kind = bytes[start + 4] & 0xFF;
    int flags = bytes[start + 5] & 0xFF;
    int length = LittleEndian.getInt(bytes, start);
    int count = LittleEndian.getInt(bytes, start + 8);
    if (!Kind.isKnown(kind)) {
      throw new MalformedFrameException(0, 4, "there is no frame of kind " + kind);
    }
    if (length < 0 || length > Limits.MAX_FRAME_BYTES) {
      throw new MalformedFrameException(
          kind,
          0,
          "its length is "
              + Integer.toUnsignedString(length)
              + " bytes, the most is "
              + Limits.MAX_FRAME_BYTES);
    }
    int strange = flags & ~Kind.columns(kind);
    if (strange != 0) {
      throw new MalformedFrameException(
          kind, 5, "it has the column " + Flag.name(Integer.lowestOneBit(strange)));
    }
    if (count < 0 || count > Limits.MAX_COUNT) {
      throw new MalformedFrameException(
          kind,
          8,
          "its count is " + Integer.toUnsignedString(count) + ", the most is " + Limits.MAX_COUNT);
    }
    return length;
  }

  /** Finds and checks everything in the whole frame that starts at an index. */
  void locate(byte[] source, int from, int limit) {
    if (limit - from < Limits.HEADER_BYTES) {
      throw new MalformedFrameException(
          0, 0, "a header needs " + Limits.HEADER_BYTES + " bytes, there are " + (limit - from));
    }
    int length = checkedLength(source, from);
    bytes = source;
    start = from;
    kind = source[from + 4] & 0xFF;
    flags = source[from + 5] & 0xFF;
    count = LittleEndian.getInt(source, from + 8);
    if (length > limit - from - Limits.HEADER_BYTES) {
      throw malformed(
          0,
          "its length is " + length + " bytes, there are " + (limit - from - Limits.HEADER_BYTES));
    }
    end = from + Limits.HEADER_BYTES + length;
    cursor = from + Limits.HEADER_BYTES;
    ids = has(Flag.IDS) ? column(Flag.IDS, 4L * count) : 0;
    classes = has(Flag.CLASSES) ? column(Flag.CLASSES, padded(2L * count)) : 0;
    lengths = has(Flag.LENGTHS) ? column(Flag.LENGTHS, 4L * count) : 0;
    parentTotal = 0;
    if (has(Flag.DEPENDENCIES)) {
      locateParents();
    }
    attempts = has(Flag.ATTEMPTS) ? column(Flag.ATTEMPTS, padded(2L * count)) : 0;
    statuses = has(Flag.STATUS) ? column(Flag.STATUS, padded(count)) : 0;
    if (has(Flag.STATUS)) {
      checkStatuses();
    }
    extensionBytes = 0;
    if (has(Flag.EXTENSION)) {
      locateExtension();
    }
    blob = cursor;
    if (!Kind.hasFreeBlob(kind)) {
      locatePayloads();
    }
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Bytes of one entry of the parents. */
  int parentStride() {
    return kind == Kind.TASKS ? 8 : 4;
  }

  private int column(int flag, long size) {
    int at = cursor;
    if (size > end - at) {
      throw malformed(
          at,
          "the column "
              + Flag.name(flag)
              + " needs "
              + size
              + " bytes for a count of "
              + count
              + ", there are "
              + (end - at));
    }
    cursor = at + (int) size;
    return at;
  }

  private void locateParents() {
    parentCounts = column(Flag.DEPENDENCIES, 4L * count);
    if (firstParents.length <= count) {
      firstParents = new int[grown(count + 1)];
    }
    long total = 0;
    for (int i = 0; i < count; i++) {
      firstParents[i] = (int) total;
      total += Integer.toUnsignedLong(LittleEndian.getInt(bytes, parentCounts + 4 * i));
      if (total > Limits.MAX_FRAME_BYTES) {
        throw malformed(parentCounts + 4 * i, "its tasks have " + total + " parents or more");
      }
    }
    firstParents[count] = (int) total;
    parents = column(Flag.DEPENDENCIES, total * parentStride());
    parentTotal = (int) total;
  }

  private void checkStatuses() {
    for (int i = 0; i < count; i++) {
      int status = bytes[statuses + i] & 0xFF;
      if (status > Status.LAST) {
        throw malformed(statuses + i, "there is no status " + status);
      }
    }
  }

  private void locateExtension() {
    int size = LittleEndian.getInt(bytes, column(Flag.EXTENSION, 4));
    int expected = kind == Kind.SUBMIT ? 32 * count : 8;
    if (size != expected) {
      throw malformed(
          cursor - 4,
          "its extension has "
              + Integer.toUnsignedString(size)
              + " bytes, it must have "
              + expected);
    }
    extension = column(Flag.EXTENSION, padded(size));
    extensionBytes = size;
  }

  private void locatePayloads() {
    boolean spliced = kind == Kind.TASKS && parentTotal > 0;
    long at = blob;
    if (has(Flag.LENGTHS) || spliced) {
      if (payloads.length < count) {
        payloads = new int[grown(count)];
      }
      if (spliced && parentPayloads.length < parentTotal) {
        parentPayloads = new int[grown(parentTotal)];
      }
      for (int i = 0; i < count; i++) {
        if (spliced) {
          for (int j = firstParents[i]; j < firstParents[i + 1]; j++) {
            parentPayloads[j] = (int) at;
            at += checkedBytes(parents + 8 * j + 4, true);
          }
        }
        payloads[i] = (int) at;
        if (lengths != 0) {
          at += checkedBytes(lengths + 4 * i, false);
        }
      }
    }
    if (at != end) {
      throw malformed(
          blob, "its payloads add up to " + (at - blob) + " bytes, its blob has " + (end - blob));
    }
  }

  private int checkedBytes(int at, boolean mayBeLocal) {
    int length = LittleEndian.getInt(bytes, at);
    if (length >= 0 || length == Length.SEGMENT || (mayBeLocal && length == Length.LOCAL)) {
      return Length.bytes(length);
    }
    throw malformed(at, "the length 0x%08X is none".formatted(length));
  }

  private static long padded(long size) {
    return size + 3 & ~3L;
  }

  private static int grown(int needed) {
    return Math.max(64, needed + (needed >> 1));
  }

  private MalformedFrameException malformed(int at, String what) {
    return new MalformedFrameException(kind, at - start, what);
  }
}
