package fonio.wire;

/** A peer sent bytes that are not what the protocol says; its link must be ended, no other. */
public final class MalformedFrameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int kind;
  private final int offset;

  /**
   * Says what was wrong.
   *
   * @param kind the frame's kind, 0 when it is not known
   * @param offset bytes from the frame's start to what is wrong
   * @param what the rule that is broken, with the value
   */
  public MalformedFrameException(int kind, int offset, String what) {
    super(
        "malformed "
            + (kind == 0 ? "data" : Kind.name(kind) + " frame")
            + " at byte "
            + offset
            + ": "
            + what);
    this.kind = kind;
    this.offset = offset;
  }

  /** The frame's kind, 0 when it is not known. */
  public int kind() {
    return kind;
  }

  /** Bytes from the frame's start to what is wrong. */
  public int offset() {
    return offset;
  }
}
