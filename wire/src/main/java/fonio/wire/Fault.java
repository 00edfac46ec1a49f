package fonio.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A named error of the engine's own: the payload of status FAULT.
 *
 * @param name the error's name, such as {@code WorkerLost}
 * @param message what was wrong, the value, and what to do next; one line
 * @param details named facts, such as {@code signal} or {@code worker}
 */
public record Fault(String name, String message, Map<String, String> details) {
  /** Copies the details. */
  public Fault {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** The fault in a part of an array. */
  public static Fault decode(byte[] bytes, int from, int length) {
    String[] parts = Lines.text(bytes, from, length).split("\n", 3);
    return new Fault(
        parts[0],
        parts.length < 2 ? "" : parts[1],
        parts.length < 3 ? Map.of() : Lines.parse(parts[2]));
  }

  /** The fault as a payload: a line with the name, one with the message, then the details. */
  public byte[] encode() {
    String head = oneLine(name) + "\n" + oneLine(message) + "\n";
    byte[] first = head.getBytes(StandardCharsets.UTF_8);
    byte[] lines = Lines.encode(details);
    byte[] payload = Arrays.copyOf(first, first.length + lines.length);
    System.arraycopy(lines, 0, payload, first.length, lines.length);
    return payload;
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ');
  }
}
