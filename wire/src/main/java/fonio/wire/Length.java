package fonio.wire;

/** One entry of a length column: bytes in the blob, with bit 31 for a reference to a segment. */
public final class Length {
  /** The entry of a payload that is a {@link SegmentReference}. */
  public static final int SEGMENT = 0x8000_0000 | SegmentReference.BYTES;

  /** The entry of a parent that the worker ran earlier in the same frame. */
  public static final int LOCAL = 0xFFFF_FFFF;

  private static final int SEGMENT_BIT = 0x8000_0000;

  private Length() {}

  /** Whether the payload is a reference to a segment. */
  public static boolean isSegment(int length) {
    return length < 0 && length != LOCAL;
  }

  /** Whether the payload is not in the blob, as the worker made it itself. */
  public static boolean isLocal(int length) {
    return length == LOCAL;
  }

  /** How many bytes of the blob the payload takes. */
  public static int bytes(int length) {
    return length == LOCAL ? 0 : length & ~SEGMENT_BIT;
  }
}
