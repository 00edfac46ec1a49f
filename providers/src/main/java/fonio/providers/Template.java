package fonio.providers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shell text with places to fill, {@code @{name}}.
 *
 * <p>A place without a value, or a value without a place, is an error: scripts that are almost
 * right are found by nobody until the queue lets them run. A line that is only a place is left out
 * when its value is empty. Values are never looked into.
 *
 * @param name for errors
 */
record Template(String name, String text) {
  private static final Pattern PLACE = Pattern.compile("@\\{([a-z_]*)}");
  private static final Pattern WHOLE_LINE = Pattern.compile("(?m)^@\\{([a-z_]+)}\\n");

  /** The resource {@code NAME.sh} beside this class. */
  static Template named(String name) {
    String file = name + ".sh";
    try (InputStream in = Template.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("there is no template " + file + " in this jar");
      }
      return new Template(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it has such a place. */
  boolean has(String place) {
    return text.contains("@{" + place + "}");
  }

  String fill(Map<String, String> values) {
    Set<String> unused = new HashSet<>(values.keySet());
    String lines =
        WHOLE_LINE
            .matcher(text)
            .replaceAll(line -> {
              String place = line.group(1);
              boolean empty = value(values, place).isEmpty();
              if (empty) {
                unused.remove(place);
              }
              return empty ? "" : Matcher.quoteReplacement(line.group());
            });
    String filled =
        PLACE
            .matcher(lines)
            .replaceAll(place -> {
              unused.remove(place.group(1));
              return Matcher.quoteReplacement(value(values, place.group(1)));
            });
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "template %s has no place for %s; remove the value or add the place"
              .formatted(name, unused));
    }
    return filled;
  }

  private String value(Map<String, String> values, String place) {
    String value = values.get(place);
    if (value == null) {
      throw new IllegalArgumentException(
          "template %s has a place @{%s} that nobody fills; values are %s"
              .formatted(name, place, values.keySet()));
    }
    return value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
  }
}
