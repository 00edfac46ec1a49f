package fonio.wire;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What HELLO and WELCOME say: the protocol's version and named entries.
 *
 * @param version the version that the sender speaks, 0 to 65,535
 * @param entries the keys of {@code docs/protocol.md} section 5, in their order
 */
public record Greeting(int version, Map<String, String> entries) {
  /** The version that this code speaks. */
  public static final int VERSION = 1;

  private static final byte[] MAGIC = {'F', 'O', 'N', 'I', 'O', 0};
  private static final int HEAD_BYTES = MAGIC.length + 2;

  /** Copies the entries. */
  public Greeting {
    if (version < 0 || version > 0xFFFF) {
      throw new IllegalArgumentException("version " + version + " is not in 0 to 65535");
    }
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** A greeting in this code's version. */
  public static Greeting of(Map<String, String> entries) {
    return new Greeting(VERSION, entries);
  }

  /** The greeting in the blob of a HELLO or WELCOME. */
  public static Greeting decode(FrameView frame) {
    return decode(frame.array(), frame.blobOffset(), frame.blobLength());
  }

  /** The greeting in a part of an array. */
  public static Greeting decode(byte[] bytes, int from, int length) {
    if (length < HEAD_BYTES
        || !Arrays.equals(bytes, from, from + MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new MalformedFrameException(
          0, 0, "a greeting of " + length + " bytes does not begin with FONIO: is the peer Fonio?");
    }
    return new Greeting(
        LittleEndian.getShort(bytes, from + MAGIC.length),
        Lines.decode(bytes, from + HEAD_BYTES, length - HEAD_BYTES));
  }

  /** The greeting as a blob. */
  public byte[] encode() {
    byte[] lines = Lines.encode(entries);
    byte[] blob = Arrays.copyOf(MAGIC, HEAD_BYTES + lines.length);
    LittleEndian.putShort(blob, MAGIC.length, version);
    System.arraycopy(lines, 0, blob, HEAD_BYTES, lines.length);
    return blob;
  }

  /** The entry of a key that must be there. */
  public String required(String key) {
    String value = entries.get(key);
    if (value == null) {
      throw new MalformedFrameException(
          0, 0, "the greeting lacks '" + key + "', it has " + entries.keySet());
    }
    return value;
  }

  /** The entry of a key, or what stands for one that is not there. */
  public String entry(String key, String otherwise) {
    return entries.getOrDefault(key, otherwise);
  }

  /** Why a peer of this version is refused, empty when it is not. */
  public String refusal() {
    return version == VERSION
        ? ""
        : "this side speaks version %d of Fonio's protocol, the other speaks version %d: install the same Fonio on both"
            .formatted(VERSION, version);
  }
}
