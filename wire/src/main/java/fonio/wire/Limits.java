package fonio.wire;

/** The sizes that both ends of a link rely on. */
public final class Limits {
  /** Bytes of a frame before its columns. */
  public static final int HEADER_BYTES = 16;

  /** Bytes after the header that a frame has at most. */
  public static final int MAX_FRAME_BYTES = 256 << 20;

  /** Tasks that a frame has at most. */
  public static final int MAX_COUNT = 65_536;

  /** Bytes of a payload that travels in its frame at most; a larger one travels in a segment. */
  public static final int MAX_INLINE_BYTES = 65_536;

  private Limits() {}
}
