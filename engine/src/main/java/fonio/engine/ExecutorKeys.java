package fonio.engine;

import fonio.api.ConfigurationException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an executor is told, by the names in {@code docs/protocol.md} section 7 without their
 * prefix.
 *
 * @param label its name
 */
record ExecutorKeys(String label, Map<String, String> entries) {
  /** How long an engine that was started again waits for managers: for all executors alike. */
  static final String PATIENCE = "manager_patience";

  ExecutorKeys {
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  /** The value of a key, or what stands for one that is not there or empty. */
  String text(String key, String otherwise) {
    String value = entries.getOrDefault(key, "");
    return value.isEmpty() ? otherwise : value;
  }

  long number(String key, long otherwise) {
    String value = text(key, "");
    try {
      return value.isEmpty() ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "executor " + label + ": " + key + "=" + value + " is no whole number", e);
    }
  }

  double decimal(String key, double otherwise) {
    String value = text(key, "");
    try {
      return value.isEmpty() ? otherwise : Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "executor " + label + ": " + key + "=" + value + " is no number", e);
    }
  }

  Duration seconds(String key, double otherwise) {
    return Duration.ofMillis((long) (1000 * decimal(key, otherwise)));
  }

  /** What is told when the executor cannot be opened by what its settings say. */
  ConfigurationException unusable(IllegalArgumentException problem) {
    String prefix = "executor " + label + ": ";
    String why = String.valueOf(problem.getMessage());
    return new ConfigurationException(why.startsWith(prefix) ? why : prefix + why, problem);
  }

  /** The keys that begin with a prefix, without it. */
  Map<String, String> under(String prefix) {
    Map<String, String> values = new TreeMap<>();
    entries.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        values.put(key.substring(prefix.length()), value);
      }
    });
    return values;
  }

  /** How long a block may last; zero for ever. */
  Duration walltime() {
    String value = text("provider.walltime", "");
    Duration walltime = Duration.ZERO;
    for (String part : value.isEmpty() ? new String[0] : value.split(":", -1)) {
      if (!part.matches("\\d{1,9}")) {
        throw new IllegalArgumentException(
            "executor %s: provider.walltime=%s is no time; write HH:MM:SS".formatted(label, value));
      }
      walltime = walltime.multipliedBy(60).plusSeconds(Long.parseLong(part));
    }
    return walltime;
  }
}
