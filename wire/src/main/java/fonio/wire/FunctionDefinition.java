package fonio.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A function that tasks can call: the content of a FUNCTION frame. */
public final class FunctionDefinition {
  /** The codec of functions that Python pickled. */
  public static final int PYTHON = 0;

  /** The codec of functions that Java serialized. */
  public static final int JAVA = 1;

  private final int id;
  private final int codec;
  private final String name;
  private final byte[] code;

  /**
   * Makes a definition; the code is not copied.
   *
   * @param id the function's number
   * @param codec {@link #PYTHON} or {@link #JAVA}
   * @param name the function's name, for people
   * @param code what the worker makes the function of
   */
  public FunctionDefinition(int id, int codec, String name, byte[] code) {
    this.id = id;
    this.codec = codec;
    this.name = name;
    this.code = code;
  }

  /** The definition that a FUNCTION frame holds. */
  public static FunctionDefinition decode(FrameView frame) {
    byte[] bytes = frame.array();
    int at = frame.blobOffset();
    int length = frame.blobLength();
    int nameLength = length < 3 ? 0 : LittleEndian.getShort(bytes, at + 1);
    if (length < 3 + nameLength) {
      throw new MalformedFrameException(
          Kind.FUNCTION,
          at - frame.start(),
          "its blob of " + length + " bytes is too short for a name of " + nameLength + " bytes");
    }
    int codec = bytes[at] & 0xFF;
    if (codec > JAVA) {
      throw new MalformedFrameException(
          Kind.FUNCTION, at - frame.start(), "there is no codec " + codec);
    }
    return new FunctionDefinition(
        frame.first(),
        codec,
        Lines.text(bytes, at + 3, nameLength),
        Arrays.copyOfRange(bytes, at + 3 + nameLength, frame.end()));
  }

  /** Appends the definition as a FUNCTION frame. */
  public void encode(FrameWriter writer) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    if (text.length > 0xFFFF) {
      throw new IllegalArgumentException(
          "a function's name of " + text.length + " bytes; the most is 65535");
    }
    byte[] head = {(byte) codec, (byte) text.length, (byte) (text.length >> 8)};
    writer
        .begin(Kind.FUNCTION, 0, 0, id)
        .payload(head, 0, 3)
        .payload(text, 0, text.length)
        .payload(code, 0, code.length)
        .end();
  }

  /** The function's number. */
  public int id() {
    return id;
  }

  /** How the code is encoded. */
  public int codec() {
    return codec;
  }

  /** The function's name, for people. */
  public String name() {
    return name;
  }

  /** What the worker makes the function of; not copied. */
  public byte[] code() {
    return code;
  }

  @Override
  public String toString() {
    return "function %d '%s' of %d bytes".formatted(id, name, code.length);
  }
}
