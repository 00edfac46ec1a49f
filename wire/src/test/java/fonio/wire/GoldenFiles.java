package fonio.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the golden files should say, from fields that were written by hand. */
final class GoldenFiles {
  private static final HexFormat HEX = HexFormat.of();
  private static final String FORMAT =
      "A paragraph is one vector, in lines key=value, escaped as in docs/protocol.md section 5.\n";

  private GoldenFiles() {}

  static List<GoldenFile> all() {
    return List.of(frames(), malformed(), greetings(), references(), held(), payloads());
  }

  private static GoldenFile frames() {
    List<Map<String, String>> vectors = new ArrayList<>();
    GoldenFrames.all().forEach(frame -> vectors.add(withBytes(frame, "both")));
    GoldenFrames.lenient().forEach(frame -> vectors.add(withBytes(frame, "reader")));
    return new GoldenFile(
        "frames.txt",
        "Frames: their fields, their blob and their bytes. "
            + FORMAT
            + "A column that is not named is not there. Lengths: N bytes, Ns in a segment, local.\n"
            + "Parents: task,task for each task, between them ';'; in TASKS task:length.\n"
            + "for=reader: a writer may write it shorter, a reader must take it.",
        vectors);
  }

  private static Map<String, String> withBytes(PlainFrame frame, String reader) {
    Map<String, String> vector = new LinkedHashMap<>(frame.fields);
    vector.put("for", reader);
    vector.put("frame", HEX.formatHex(frame.encode()));
    return vector;
  }

  private static GoldenFile malformed() {
    List<Map<String, String>> vectors = new ArrayList<>();
    MalformedFrames.all()
        .forEach((name, bytes) -> {
          Map<String, String> vector = new LinkedHashMap<>();
          vector.put("name", name);
          vector.put("frame", HEX.formatHex(bytes));
          vectors.add(vector);
        });
    return new GoldenFile(
        "malformed.txt", "Bytes that a reader must refuse. " + FORMAT.strip(), vectors);
  }

  private static GoldenFile greetings() {
    Map<String, String> hello = new LinkedHashMap<>();
    hello.put("role", "worker");
    hello.put("worker", "0");
    hello.put("cwd", "/home/u/caf\u00e9");
    hello.put("odd", "a=b\\c\nd\re\\n");
    hello.put("empty", "");
    List<Map<String, String>> vectors = new ArrayList<>();
    vectors.add(greeting("entries of every kind", new Greeting(1, hello)));
    vectors.add(greeting("no entries", new Greeting(1, Map.of())));
    vectors.add(greeting("another version", new Greeting(65535, Map.of("role", "engine"))));
    return new GoldenFile(
        "greetings.txt", "Blobs of HELLO and WELCOME. " + FORMAT + "entry.KEY: an entry.", vectors);
  }

  private static Map<String, String> greeting(String name, Greeting greeting) {
    Map<String, String> vector = new LinkedHashMap<>();
    vector.put("name", name);
    vector.put("version", Integer.toString(greeting.version()));
    greeting.entries().forEach((key, value) -> vector.put("entry." + key, value));
    vector.put("blob", HEX.formatHex(greeting.encode()));
    return vector;
  }

  private static GoldenFile references() {
    List<Map<String, String>> vectors = new ArrayList<>();
    vectors.add(reference("first of maker 0", SegmentReference.number(0, 0, false), 65_537));
    vectors.add(reference("seventh of maker 3", SegmentReference.number(3, 7, false), 1 << 20));
    vectors.add(reference("spilled", SegmentReference.number(0x7FFF_FFFF, -1, true), 5L << 32));
    return new GoldenFile(
        "references.txt", "References to segments. " + FORMAT + "segment: hexadecimal.", vectors);
  }

  private static Map<String, String> reference(String name, long segment, long bytes) {
    byte[] encoded = new byte[SegmentReference.BYTES];
    new SegmentReference(segment, bytes).encode(encoded, 0);
    Map<String, String> vector = new LinkedHashMap<>();
    vector.put("name", name);
    vector.put("segment", HEX.toHexDigits(segment));
    vector.put("bytes", Long.toString(bytes));
    vector.put("spilled", segment < 0 ? "1" : "0");
    vector.put("reference", HEX.formatHex(encoded));
    return vector;
  }

  private static GoldenFile held() {
    List<Map<String, String>> vectors = new ArrayList<>();
    vectors.add(held("first task, just too large for a frame", 0, 65_537));
    vectors.add(held("last task", 0xFFFF_FFFFL, 200L << 20));
    vectors.add(refused("task of more than 32 bits", 1L << 32, 65_537));
    vectors.add(refused("negative length", 7, -1));
    return new GoldenFile(
        "held.txt",
        "References to results that a manager keeps. "
            + FORMAT
            + "Without task and bytes: a reader must refuse it.",
        vectors);
  }

  private static Map<String, String> held(String name, long task, long bytes) {
    byte[] encoded = new byte[HeldReference.BYTES];
    new HeldReference(task, bytes).encode(encoded, 0);
    Map<String, String> vector = new LinkedHashMap<>();
    vector.put("name", name);
    vector.put("task", Long.toString(task));
    vector.put("bytes", Long.toString(bytes));
    vector.put("reference", HEX.formatHex(encoded));
    return vector;
  }

  private static Map<String, String> refused(String name, long task, long bytes) {
    byte[] encoded = new byte[HeldReference.BYTES];
    LittleEndian.putLong(encoded, 0, task);
    LittleEndian.putLong(encoded, 8, bytes);
    Map<String, String> vector = new LinkedHashMap<>();
    vector.put("name", name);
    vector.put("reference", HEX.formatHex(encoded));
    return vector;
  }

  private static GoldenFile payloads() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("signal", "9");
    details.put("stderr", "boom\nMemoryError");
    Fault fault = new Fault("WorkerLost", "worker 2 was killed by signal 9", details);
    Map<String, String> lost = new LinkedHashMap<>();
    lost.put("name", "fault");
    lost.put("status", "FAULT");
    lost.put("fault", fault.name());
    lost.put("message", fault.message());
    fault.details().forEach((key, value) -> lost.put("detail." + key, value));
    lost.put("payload", HEX.formatHex(fault.encode()));
    Map<String, String> chain = new LinkedHashMap<>();
    chain.put("name", "failed dependency");
    chain.put("status", "DEPENDENCY");
    chain.put("chain", "score <- dock (task 17)");
    chain.put("cause", "FAULT");
    chain.put("cause.payload", HEX.formatHex(fault.encode()));
    chain.put(
        "payload",
        HEX.formatHex(
            new DependencyFailure("score <- dock (task 17)", Status.FAULT, fault.encode())
                .encode()));
    return new GoldenFile(
        "payloads.txt",
        "Payloads of tasks that did not end well. " + FORMAT.strip(),
        List.of(lost, chain, exception()));
  }

  private static Map<String, String> exception() {
    String pickle =
        "\u0080\u0002cbuiltins\nValueError\nX\u0006\0\0\0no map\u0085RX\u0005\0\0\0trace\u0086.";
    String payload = "\u0012\0ValueError: no map" + pickle;
    Map<String, String> vector = new LinkedHashMap<>();
    vector.put("name", "exception of Python");
    vector.put("status", "ERROR");
    vector.put("headline", "ValueError: no map");
    vector.put("text", "trace");
    vector.put("payload", HEX.formatHex(payload.getBytes(StandardCharsets.ISO_8859_1)));
    return vector;
  }
}
