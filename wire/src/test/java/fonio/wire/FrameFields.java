package fonio.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every field of a frame as text, from a view and from a plain frame, to be compared. */
final class FrameFields {
  private static final HexFormat HEX = HexFormat.of();

  private FrameFields() {}

  /** Reads everything that a view can tell. */
  static Map<String, String> of(FrameView frame) {
    Map<String, String> fields = new TreeMap<>();
    fields.put(
        "header",
        "%s %d %d %s"
            .formatted(
                Kind.name(frame.kind()),
                frame.classId(),
                frame.count(),
                Integer.toUnsignedString(frame.first())));
    fields.put("extension", hex(frame, frame.extensionOffset(), frame.extensionLength()));
    fields.put("blob", hex(frame, frame.blobOffset(), frame.blobLength()));
    if (frame.has(
        Flag.IDS | Flag.CLASSES | Flag.LENGTHS | Flag.DEPENDENCIES | Flag.ATTEMPTS | Flag.STATUS)) {
      List<String> tasks = new ArrayList<>();
      for (int i = 0; i < frame.count(); i++) {
        tasks.add(task(frame, i));
      }
      fields.put("tasks", tasks.toString());
    }
    return fields;
  }

  private static String task(FrameView frame, int i) {
    List<String> parents = new ArrayList<>();
    for (int j = frame.firstParent(i); j < frame.firstParent(i) + frame.parentCount(i); j++) {
      String parent = Long.toString(frame.parent(j));
      if (frame.kind() == Kind.TASKS) {
        parent +=
            ":"
                + frame.rawParentLength(j)
                + "="
                + hex(frame, frame.parentPayloadOffset(j), frame.parentLength(j));
      }
      parents.add(parent);
    }
    return "%d class %d attempt %d status %d length %d %s parents %s"
        .formatted(
            frame.task(i),
            frame.classOf(i),
            frame.attempt(i),
            frame.status(i),
            frame.rawLength(i),
            hex(frame, frame.payloadOffset(i), frame.length(i)),
            parents);
  }

  private static String hex(FrameView frame, int from, int length) {
    return length == 0 ? "" : HEX.formatHex(frame.array(), from, from + length);
  }

  /** The same, of a plain frame. */
  static Map<String, String> of(PlainFrame plain) {
    Map<String, String> fields = new TreeMap<>();
    fields.put(
        "header",
        "%s %s %s %s"
            .formatted(
                plain.field("kind"),
                plain.field("class"),
                plain.field("count"),
                plain.field("first")));
    fields.put("extension", plain.field("extension"));
    fields.put("blob", plain.field("blob"));
    if (List.of("ids", "classes", "lengths", "parents", "attempts", "statuses").stream()
        .anyMatch(plain::has)) {
      List<String> tasks = new ArrayList<>();
      int[] blob = {0};
      for (int i = 0; i < plain.number("count"); i++) {
        tasks.add(task(plain, i, blob));
      }
      fields.put("tasks", tasks.toString());
    }
    return fields;
  }

  private static String task(PlainFrame plain, int i, int[] blob) {
    List<String> parents = new ArrayList<>();
    for (String parent : plain.has("parents") ? plain.parents()[i] : new String[0]) {
      String[] parts = parent.split(":", -1);
      parents.add(
          parts.length == 1
              ? parent
              : parts[0] + ":" + PlainFrame.length(parts[1]) + "=" + next(plain, blob, parts[1]));
    }
    String length = plain.has("lengths") ? plain.field("lengths").split(",", -1)[i] : "0";
    return "%d class %d attempt %d status %d length %d %s parents %s"
        .formatted(
            Integer.toUnsignedLong(
                plain.has("ids") ? plain.numbers("ids")[i] : plain.number("first") + i),
            plain.has("classes") ? plain.numbers("classes")[i] : plain.number("class"),
            plain.has("attempts") ? plain.numbers("attempts")[i] : 0,
            plain.has("statuses") ? plain.numbers("statuses")[i] : 0,
            PlainFrame.length(length),
            next(plain, blob, length),
            parents);
  }

  private static String next(PlainFrame plain, int[] blob, String length) {
    int bytes = length.equals("local") ? 0 : PlainFrame.length(length) & 0x7FFF_FFFF;
    int from = blob[0];
    blob[0] += bytes;
    return HEX.formatHex(plain.bytes("blob"), from, from + bytes);
  }

  /** Writes a plain frame with the writer under test. */
  static void write(PlainFrame plain, FrameWriter writer) {
    writer.begin(plain.kind(), plain.number("class"), plain.number("count"), plain.number("first"));
    if (plain.has("ids")) {
      writer.ids(plain.numbers("ids"), 0);
    }
    if (plain.has("classes")) {
      writer.classes(plain.numbers("classes"), 0);
    }
    if (plain.has("lengths")) {
      writer.lengths(plain.numbers("lengths"), 0);
    }
    if (plain.has("parents")) {
      parents(plain, writer);
    }
    if (plain.has("attempts")) {
      writer.attempts(plain.numbers("attempts"), 0);
    }
    if (plain.has("statuses")) {
      byte[] statuses = new byte[plain.number("count")];
      for (int i = 0; i < statuses.length; i++) {
        statuses[i] = (byte) plain.numbers("statuses")[i];
      }
      writer.statuses(statuses, 0);
    }
    if (plain.has("extension")) {
      writer.extension(plain.bytes("extension"), 0, plain.bytes("extension").length);
    }
    writer.payload(plain.bytes("blob"), 0, plain.bytes("blob").length).end();
  }

  private static void parents(PlainFrame plain, FrameWriter writer) {
    int[] counts = Arrays.stream(plain.parents()).mapToInt(parents -> parents.length).toArray();
    List<String> all = new ArrayList<>();
    Arrays.stream(plain.parents()).forEach(parents -> all.addAll(List.of(parents)));
    int[] tasks = all.stream().mapToInt(p -> PlainFrame.length(p.split(":", -1)[0])).toArray();
    if (plain.kind() == Kind.SUBMIT) {
      writer.parents(counts, tasks);
    } else {
      writer.parents(
          counts,
          tasks,
          all.stream().mapToInt(p -> PlainFrame.length(p.split(":", -1)[1])).toArray());
    }
  }
}
