package fonio.wire;

import java.util.Map;

/**
 * What elements of maps add to the counts of tasks, in which a chunk is one task: the blob of an
 * ELEMENTS frame.
 *
 * @param tasks how many more were submitted; negative for fewer, as with the others
 * @param succeeded how many more ended well
 * @param failed how many more failed
 * @param cancelled how many more were cancelled
 * @param error why elements of the frame's chunk failed, for people; "" when none did
 */
public record ElementCounts(long tasks, long succeeded, long failed, long cancelled, String error) {
  /** The counts that a frame tells. */
  public static ElementCounts decode(FrameView frame) {
    Map<String, String> entries =
        Lines.decode(frame.array(), frame.blobOffset(), frame.blobLength());
    return new ElementCounts(
        number(entries, "tasks"),
        number(entries, "succeeded"),
        number(entries, "failed"),
        number(entries, "cancelled"),
        entries.getOrDefault("error", ""));
  }

  private static long number(Map<String, String> entries, String key) {
    String text = entries.getOrDefault(key, "0");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "an ELEMENTS frame says " + key + "=" + text + ", which is no whole number", e);
    }
  }
}
