package fonio.manager;

import fonio.wire.Greeting;
import fonio.wire.Kind;
import fonio.wire.MalformedFrameException;
import java.time.Duration;

/**
 * How long the link to an interchange may be silent, as its WELCOME says.
 *
 * @param beat after how long a side says that it is there
 * @param lost after how long a side that says nothing is lost
 */
record Silence(Duration beat, Duration lost) {
  static Silence of(Greeting welcome) {
    return new Silence(millis(welcome, "beat_ms", 5_000), millis(welcome, "lost_ms", 15_000));
  }

  private static Duration millis(Greeting welcome, String key, long otherwise) {
    try {
      return Duration.ofMillis(Long.parseLong(welcome.entry(key, Long.toString(otherwise))));
    } catch (NumberFormatException e) {
      throw new MalformedFrameException(
          Kind.WELCOME, 0, key + "=" + welcome.entry(key, "") + " is no number");
    }
  }
}
