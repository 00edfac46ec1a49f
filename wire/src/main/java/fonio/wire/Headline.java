package fonio.wire;

import java.nio.charset.StandardCharsets;

/** The line that a task's exception begins with, for people: {@code Type: message}. */
public final class Headline {
  /** The most bytes from the beginning of an exception's payload that a headline takes. */
  public static final int MOST_BYTES = 502;

  private static final int LENGTH_BYTES = 2;

  private Headline() {}

  /** The line in a part of an array; as much of it as is there. */
  public static String decode(byte[] bytes, int from, int length) {
    if (length < LENGTH_BYTES) {
      return "";
    }
    int claimed = (bytes[from] & 0xFF) | (bytes[from + 1] & 0xFF) << 8;
    int there = Math.min(claimed, Math.min(length, MOST_BYTES) - LENGTH_BYTES);
    return new String(bytes, from + LENGTH_BYTES, there, StandardCharsets.UTF_8);
  }
}
