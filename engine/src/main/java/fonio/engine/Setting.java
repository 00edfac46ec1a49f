package fonio.engine;

import fonio.api.CheckpointMode;
import fonio.api.ConfigurationException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value from outside of the program.
 *
 * @param source who set it, as a complaint begins: {@code --set retries=2}
 */
record Setting(Key key, String text, String source) {
  private static final Pattern PERIOD = Pattern.compile("(\\d{1,4}):(\\d{1,2}):(\\d{1,2})");

  int wholeNumber(int least, int most) {
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw bad("must be a whole number between %d and %d".formatted(least, most));
    }
    throw bad("must be between %d and %d".formatted(least, most));
  }

  boolean truth() {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> throw bad("must be true or false");
    };
  }

  CheckpointMode mode() {
    return switch (text) {
      case "task_exit" -> CheckpointMode.TASK_EXIT;
      case "periodic" -> CheckpointMode.PERIODIC;
      case "dfk_exit" -> CheckpointMode.DFK_EXIT;
      case "manual" -> CheckpointMode.MANUAL;
      default ->
          throw bad("must be task_exit, periodic, dfk_exit or manual; leave it out for none");
    };
  }

  Duration period() {
    Matcher parts = PERIOD.matcher(text);
    if (!parts.matches()) {
      throw bad("must be HH:MM:SS, such as 00:05:00");
    }
    Duration period =
        Duration.ofHours(Long.parseLong(parts.group(1)))
            .plusMinutes(Long.parseLong(parts.group(2)))
            .plusSeconds(Long.parseLong(parts.group(3)));
    if (period.isZero()) {
      throw bad("must be at least 00:00:01");
    }
    return period;
  }

  /** A value with this setting; a complaint about it begins with who set it. */
  <T> T applied(T value, UnaryOperator<T> change) {
    try {
      return change.apply(value);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(source + ": " + e.getMessage(), e);
    }
  }

  private ConfigurationException bad(String rule) {
    return new ConfigurationException(
        "%s: %s is \"%s\" and %s; change it there, or leave it out"
            .formatted(source, key.word(), text, rule));
  }
}
