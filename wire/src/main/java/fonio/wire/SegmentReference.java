package fonio.wire;

/**
 * Where a large payload lies: a file in the run's segment folder, or in its spill folder.
 *
 * @param segment the file's number; bit 63 says that it is in the spill folder
 * @param bytes how long the payload is
 */
public record SegmentReference(long segment, long bytes) {
  /** Bytes of a reference in a blob. */
  public static final int BYTES = 16;

  private static final long SPILLED = 1L << 63;

  /** Refuses a negative length. */
  public SegmentReference {
    if (bytes < 0) {
      throw new MalformedFrameException(
          0, 8, "a segment reference says " + Long.toUnsignedString(bytes) + " bytes");
    }
  }

  /** The number of a maker's n-th segment. */
  public static long number(int maker, int serial, boolean spilled) {
    if (maker < 0) {
      throw new IllegalArgumentException("maker " + maker + " is negative");
    }
    return (long) maker << 32 | Integer.toUnsignedLong(serial) | (spilled ? SPILLED : 0);
  }

  /** The reference at an index of a blob. */
  public static SegmentReference decode(byte[] bytes, int at) {
    return new SegmentReference(
        LittleEndian.getLong(bytes, at), LittleEndian.getLong(bytes, at + 8));
  }

  /** Writes the reference's 16 bytes. */
  public void encode(byte[] bytes, int at) {
    LittleEndian.putLong(bytes, at, segment);
    LittleEndian.putLong(bytes, at + 8, this.bytes);
  }

  /** Whether the file is in the spill folder. */
  public boolean isSpilled() {
    return segment < 0;
  }

  /** The file's name: 16 hexadecimal digits. */
  public String fileName() {
    return fileName(segment);
  }

  /** The name of a segment's file: 16 hexadecimal digits. */
  public static String fileName(long segment) {
    return "%016x".formatted(segment);
  }
}
