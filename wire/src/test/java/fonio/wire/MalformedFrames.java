package fonio.wire;

import static fonio.wire.PlainFrame.named;

import java.util.LinkedHashMap;
import java.util.Map;

/** Bytes that break one rule each. */
final class MalformedFrames {
  private MalformedFrames() {}

  static Map<String, byte[]> all() {
    PlainFrame submit = named("", "SUBMIT").header(7, 2, 1);
    PlainFrame tasks = named("", "TASKS").header(7, 2, 1);
    PlainFrame results = named("", "RESULTS").header(0, 2, 1);
    Map<String, byte[]> frames = new LinkedHashMap<>();
    frames.put("kind 0", changed(submit, 4, 0));
    frames.put("kind 31", changed(submit, 4, 31));
    frames.put("the reserved flag", changed(submit, 5, 0x80));
    frames.put("a SUBMIT with ids", changed(submit, 5, Flag.IDS));
    frames.put("an ACK with lengths", changed(named("", "ACK"), 5, Flag.LENGTHS));
    frames.put("a count of 65537", changed(changed(submit, 10, 1), 8, 1));
    frames.put("a negative count", changed(submit, 11, 0x80));
    frames.put("a length of 256 MiB and 1", changed(changed(submit, 3, 0x10), 0, 1));
    frames.put("a negative length", changed(submit, 3, 0x80));
    frames.put("no room for ids", changed(tasks, 5, Flag.IDS));
    frames.put("no room for statuses", changed(results, 5, Flag.STATUS));
    frames.put("a status 7", of(results).with("statuses", "0,7").encode());
    frames.put("a status 255", of(results).with("statuses", "255,0").encode());
    frames.put("a blob without lengths", of(submit).with("blob", "00").encode());
    frames.put("a CANCEL with a blob", named("", "CANCEL").with("blob", "00").encode());
    frames.put("a short blob", of(submit).with("lengths", "2,2").with("blob", "010203").encode());
    frames.put("a long blob", of(submit).with("lengths", "1,1").with("blob", "010203").encode());
    frames.put(
        "lengths beyond 31 bits", of(submit).with("lengths", "2147483647,2147483647").encode());
    frames.put(
        "a reference of 15 bytes",
        of(submit).with("lengths", "15s,0").with("blob", "00".repeat(15)).encode());
    frames.put("a local argument", of(submit).with("lengths", "local,0").encode());
    frames.put("parents beyond the frame", changed(of(submit).with("parents", "1;2"), 16, 9));
    frames.put("parents beyond 31 bits", changed(of(submit).with("parents", "1;2"), 19, 0xFF));
    frames.put(
        "a parent without its bytes",
        of(tasks).with("parents", "1:5;").with("blob", "00").encode());
    frames.put("a memo key too few", of(submit).with("extension", "00".repeat(32)).encode());
    frames.put("a time of 4 bytes", of(results).with("extension", "00000000").encode());
    frames.put(
        "an extension beyond the frame",
        changed(of(results).with("extension", "00".repeat(8)), 17, 1));
    return frames;
  }

  private static PlainFrame of(PlainFrame frame) {
    return PlainFrame.of(frame.fields);
  }

  private static byte[] changed(PlainFrame frame, int at, int value) {
    return changed(frame.encode(), at, value);
  }

  private static byte[] changed(byte[] frame, int at, int value) {
    byte[] bytes = frame.clone();
    bytes[at] = (byte) value;
    return bytes;
  }
}
