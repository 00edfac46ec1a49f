package fonio.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Why a task could not run: the payload of status DEPENDENCY. */
public final class DependencyFailure {
  private final String chain;
  private final int status;
  private final byte[] cause;

  /**
   * Makes a failure; the cause is not copied.
   *
   * @param chain the tasks from this one to the root, such as {@code score <- dock (task 17)}
   * @param status how the root ended
   * @param cause the root's payload
   */
  public DependencyFailure(String chain, int status, byte[] cause) {
    this.chain = chain;
    this.status = status;
    this.cause = cause;
  }

  /** The failure in a part of an array. */
  public static DependencyFailure decode(byte[] bytes, int from, int length) {
    int chainLength = length < 5 ? -1 : LittleEndian.getInt(bytes, from);
    if (chainLength < 0 || chainLength > length - 5) {
      throw new MalformedFrameException(
          0, 0, "a dependency's failure of " + length + " bytes has no room for its chain");
    }
    int at = from + 4 + chainLength;
    return new DependencyFailure(
        Lines.text(bytes, from + 4, chainLength),
        bytes[at] & 0xFF,
        Arrays.copyOfRange(bytes, at + 1, from + length));
  }

  /** The failure as a payload. */
  public byte[] encode() {
    byte[] text = chain.getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[5 + text.length + cause.length];
    LittleEndian.putInt(payload, 0, text.length);
    System.arraycopy(text, 0, payload, 4, text.length);
    payload[4 + text.length] = (byte) status;
    System.arraycopy(cause, 0, payload, 5 + text.length, cause.length);
    return payload;
  }

  /** The tasks from this one to the root. */
  public String chain() {
    return chain;
  }

  /** How the root ended: a constant of {@link Status}. */
  public int status() {
    return status;
  }

  /** The root's payload; not copied. */
  public byte[] cause() {
    return cause;
  }
}
