package fonio.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Text lines {@code key=value}, each ended by a newline; a backslash, newline or return in a value
 * is escaped.
 */
public final class Lines {
  private Lines() {}

  /** The entries as UTF-8 lines, in the map's order. */
  public static byte[] encode(Map<String, String> entries) {
    StringBuilder text = new StringBuilder();
    entries.forEach((key, value) -> {
      if (key.isEmpty() || key.indexOf('=') >= 0 || key.indexOf('\n') >= 0) {
        throw new IllegalArgumentException(
            "the key '" + key + "' must have a character, but no '=' and no newline");
      }
      text.append(key).append('=').append(escape(value)).append('\n');
    });
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The entries of a part of an array, in their order; the last of equal keys counts. */
  public static Map<String, String> decode(byte[] bytes, int from, int length) {
    return parse(text(bytes, from, length));
  }

  /** The entries of a text; the last of equal keys counts. */
  static Map<String, String> parse(String text) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int cut = line.indexOf('=');
      if (cut > 0) {
        entries.put(line.substring(0, cut), unescape(line.substring(cut + 1)));
      } else if (!line.isEmpty()) {
        throw new MalformedFrameException(0, 0, "the line '" + line + "' is not key=value");
      }
    }
    return entries;
  }

  /** The UTF-8 text of a part of an array. */
  static String text(byte[] bytes, int from, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedFrameException(0, 0, length + " bytes of text are not UTF-8");
    }
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String unescape(String value) {
    if (value.indexOf('\\') < 0) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length());
    boolean escaped = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (escaped) {
        text.append(unescaped(c));
      } else if (c != '\\') {
        text.append(c);
      }
      escaped = !escaped && c == '\\';
    }
    return escaped ? text.append('\\').toString() : text.toString();
  }

  private static String unescaped(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case 'r' -> "\r";
      case '\\' -> "\\";
      default -> "\\" + c;
    };
  }
}
