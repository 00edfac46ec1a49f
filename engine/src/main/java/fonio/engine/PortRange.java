package fonio.engine;

import fonio.api.ConfigurationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ports of which one is taken to listen on.
 *
 * @param from the first
 * @param to the one behind the last
 */
record PortRange(int from, int to) {
  /** Those that Parsl takes. */
  static final PortRange USUAL = new PortRange(54_000, 55_000);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

  /** What a key says. */
  static PortRange of(String key, String text) {
    Matcher bounds = TEXT.matcher(text);
    if (bounds.matches()) {
      PortRange range =
          new PortRange(Integer.parseInt(bounds.group(1)), Integer.parseInt(bounds.group(2)));
      if (range.from <= range.to && range.to <= 65_535) {
        return range;
      }
    }
    throw new ConfigurationException(
        "%s=%s is no range of ports; write the first and the last, such as %s"
            .formatted(key, text, USUAL));
  }

  /** How many there are, at least one. */
  int ports() {
    return Math.max(1, to - from);
  }

  /** One of them, by a number that may be larger than there are. */
  int port(int number) {
    return from + number % ports();
  }

  @Override
  public String toString() {
    return from + "-" + to;
  }
}
