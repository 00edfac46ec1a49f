package fonio.api;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Settings as text, by the keys that Python programs use as well; what is empty is left out. */
final class KeyMap {
  private final Map<String, String> keys = new LinkedHashMap<>();

  KeyMap put(String key, String value) {
    keys.put(key, value);
    return this;
  }

  KeyMap put(String key, boolean value) {
    return put(key, value ? "1" : "0");
  }

  KeyMap put(String key, int value) {
    return put(key, Integer.toString(value));
  }

  KeyMap put(String key, double value) {
    return put(key, BigDecimal.valueOf(value).stripTrailingZeros().toPlainString());
  }

  /** Seconds. */
  KeyMap put(String key, Duration value) {
    return put(key, BigDecimal.valueOf(value.toMillis(), 3).stripTrailingZeros().toPlainString());
  }

  KeyMap put(String key, Enum<?> value) {
    return put(key, value.name().toLowerCase(Locale.ROOT));
  }

  /** A line for each. */
  KeyMap put(String key, Collection<String> values) {
    return put(key, String.join("\n", values));
  }

  /** A line {@code NAME=VALUE} for each. */
  KeyMap put(String key, Map<String, String> values) {
    return put(
        key,
        values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).sorted().toList());
  }

  KeyMap put(String key, OptionalInt value) {
    value.ifPresent(number -> put(key, number));
    return this;
  }

  KeyMap put(String key, OptionalDouble value) {
    value.ifPresent(number -> put(key, number));
    return this;
  }

  KeyMap put(String key, Optional<?> value) {
    value.ifPresent(given -> {
      switch (given) {
        case Duration time -> put(key, time);
        case Boolean truth -> put(key, truth.booleanValue());
        case Path path -> put(key, path.toString());
        default -> put(key, given.toString());
      }
    });
    return this;
  }

  /** {@code HH:MM:SS}. */
  KeyMap putClock(String key, Duration value) {
    return put(
        key,
        "%02d:%02d:%02d".formatted(value.toHours(), value.toMinutesPart(), value.toSecondsPart()));
  }

  KeyMap putAll(Map<String, String> others) {
    keys.putAll(others);
    return this;
  }

  /** A part by its word, and its own keys behind the part's name. */
  KeyMap putPart(String key, String word, Map<String, String> of) {
    put(key, word);
    of.forEach((name, value) -> put(key + "." + name, value));
    return this;
  }

  Map<String, String> made() {
    return Collections.unmodifiableMap(keys);
  }
}
