package fonio.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A frame as a person would write it down: fields as text, and the plainest encoder that there is.
 *
 * <p>It shares no code with {@link FrameWriter}, so that each checks the other.
 */
final class PlainFrame {
  final Map<String, String> fields = new LinkedHashMap<>();

  static PlainFrame named(String name, String kind) {
    return new PlainFrame()
        .with("name", name)
        .with("kind", kind)
        .with("class", "0")
        .with("count", "0")
        .with("first", "0");
  }

  static PlainFrame of(Map<String, String> fields) {
    PlainFrame frame = new PlainFrame();
    frame.fields.putAll(fields);
    return frame;
  }

  PlainFrame with(String key, Object value) {
    fields.put(key, value.toString());
    return this;
  }

  PlainFrame header(int classId, int count, long first) {
    return with("class", classId).with("count", count).with("first", first);
  }

  PlainFrame blob(String text) {
    return with("blob", HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  String field(String key) {
    return fields.getOrDefault(key, "");
  }

  int number(String key) {
    return Integer.parseUnsignedInt(field(key));
  }

  int[] numbers(String key) {
    String text = field(key);
    return text.isEmpty()
        ? new int[0]
        : Arrays.stream(text.split(",", -1)).mapToInt(PlainFrame::length).toArray();
  }

  byte[] bytes(String key) {
    return HexFormat.of().parseHex(field(key));
  }

  int kind() {
    for (int kind = 1; Kind.isKnown(kind); kind++) {
      if (Kind.name(kind).equals(field("kind"))) {
        return kind;
      }
    }
    throw new AssertionError("no kind " + field("kind"));
  }

  /** The parents of each task, as text. */
  String[][] parents() {
    String[] tasks = field("parents").split(";", -1);
    String[][] parents = new String[tasks.length][];
    for (int i = 0; i < tasks.length; i++) {
      parents[i] = tasks[i].isEmpty() ? new String[0] : tasks[i].split(",", -1);
    }
    return parents;
  }

  /** An entry of a length column: {@code 5}, {@code 16s} for a segment, {@code local}. */
  static int length(String text) {
    if (text.equals("local")) {
      return 0xFFFF_FFFF;
    }
    return text.endsWith("s")
        ? Integer.parseInt(text.substring(0, text.length() - 1)) | 0x8000_0000
        : Integer.parseUnsignedInt(text);
  }

  byte[] encode() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int flags = 0;
    if (has("ids")) {
      flags |= 0x01;
      number(body, 4, numbers("ids"));
    }
    if (has("classes")) {
      flags |= 0x02;
      number(body, 2, numbers("classes"));
      pad(body);
    }
    if (has("lengths")) {
      flags |= 0x04;
      number(body, 4, numbers("lengths"));
    }
    if (has("parents")) {
      flags |= 0x08;
      parents(body);
    }
    if (has("attempts")) {
      flags |= 0x10;
      number(body, 2, numbers("attempts"));
      pad(body);
    }
    if (has("statuses")) {
      flags |= 0x20;
      number(body, 1, numbers("statuses"));
      pad(body);
    }
    if (has("extension")) {
      flags |= 0x40;
      number(body, 4, bytes("extension").length);
      body.writeBytes(bytes("extension"));
      pad(body);
    }
    body.writeBytes(bytes("blob"));
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    number(frame, 4, body.size());
    number(frame, 1, kind());
    number(frame, 1, flags);
    number(frame, 2, number("class"));
    number(frame, 4, number("count"));
    number(frame, 4, number("first"));
    frame.writeBytes(body.toByteArray());
    return frame.toByteArray();
  }

  private void parents(ByteArrayOutputStream body) {
    for (String[] parents : parents()) {
      number(body, 4, parents.length);
    }
    for (String[] parents : parents()) {
      for (String parent : parents) {
        for (String part : parent.split(":", -1)) {
          number(body, 4, length(part));
        }
      }
    }
  }

  private static void number(ByteArrayOutputStream to, int size, int... values) {
    for (int value : values) {
      for (int i = 0; i < size; i++) {
        to.write(value >>> (8 * i));
      }
    }
  }

  private static void pad(ByteArrayOutputStream body) {
    while (body.size() % 4 != 0) {
      body.write(0);
    }
  }

  @Override
  public String toString() {
    return field("name");
  }
}
