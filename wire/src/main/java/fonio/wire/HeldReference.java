package fonio.wire;

/**
 * What stands in a TASKS frame for the result of a parent that the manager keeps itself.
 *
 * <p>It has the size of a {@link SegmentReference}, so that the manager puts the one in the place
 * of the other and changes nothing else of the frame.
 *
 * @param task the lower 32 bits of the parent's number
 * @param bytes how long its result is
 */
public record HeldReference(long task, long bytes) {
  /** Bytes of a reference in a blob. */
  public static final int BYTES = SegmentReference.BYTES;

  /** Refuses what is no task's number, and a negative length. */
  public HeldReference {
    if (task >>> 32 != 0) {
      throw new MalformedFrameException(
          Kind.TASKS, 0, "a held reference names task " + Long.toUnsignedString(task));
    }
    if (bytes < 0) {
      throw new MalformedFrameException(
          Kind.TASKS, 8, "a held reference says " + Long.toUnsignedString(bytes) + " bytes");
    }
  }

  /** The reference at an index of a blob. */
  public static HeldReference decode(byte[] bytes, int at) {
    return new HeldReference(LittleEndian.getLong(bytes, at), LittleEndian.getLong(bytes, at + 8));
  }

  /** Writes the reference's 16 bytes. */
  public void encode(byte[] bytes, int at) {
    LittleEndian.putLong(bytes, at, task);
    LittleEndian.putLong(bytes, at + 8, this.bytes);
  }
}
