package fonio.blocks;

import org.jspecify.annotations.Nullable;

/**
 * What a batch system fails in.
 *
 * @param sinceNanos the first time
 * @param why its words of the last time; empty for none
 */
record Trouble(long sinceNanos, String why) {
  private static final int MOST_CHARS = 300;

  /** The same trouble, with newer words. */
  static Trouble more(@Nullable Trouble before, String why, long nowNanos) {
    return new Trouble(before == null ? nowNanos : before.sinceNanos, why);
  }

  /** For people, in one line that begins with what is wrong. */
  String text(String what, long nowNanos) {
    String words = why.strip().replaceAll("\\s*\\R\\s*", "; ");
    String told = words.length() > MOST_CHARS ? words.substring(0, MOST_CHARS) + "..." : words;
    long seconds = (nowNanos - sinceNanos) / 1_000_000_000L;
    return what + " for " + seconds + " s" + (told.isEmpty() ? "" : ": " + told);
  }
}
