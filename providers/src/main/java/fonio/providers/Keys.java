package fonio.providers;

import fonio.api.ConfigurationException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A provider's keys, read with their rules: each error names the key, its value and the rule. */
public final class Keys {
  /** Those that every kind has. */
  private static final Set<String> COMMON =
      Set.of(
          "nodes_per_block",
          "init_blocks",
          "min_blocks",
          "max_blocks",
          "parallelism",
          "worker_init",
          "cmd_timeout",
          "status_polling_interval",
          "launcher",
          "launcher.debug",
          "launcher.overrides",
          "launcher.prepend",
          "launcher.fail_on_any",
          "launcher.bind_cmd",
          "launcher.bash_location");

  private static final Pattern WALLTIME = Pattern.compile("\\d{1,5}:[0-5]\\d:[0-5]\\d");

  private final ProviderSettings settings;

  private Keys(ProviderSettings settings) {
    this.settings = settings;
  }

  /**
   * Checks that the kind knows the keys.
   *
   * @param own the keys that this kind has beside the common ones
   */
  public static Keys of(ProviderSettings settings, Set<String> own) {
    Set<String> allowed = new TreeSet<>(COMMON);
    allowed.addAll(own);
    Keys keys = new Keys(settings);
    settings
        .keys()
        .forEach((key, value) -> {
          if (!allowed.contains(key)) {
            throw keys.bad(key, value, "there is no such key; use " + allowed);
          }
          if (value.indexOf('\0') >= 0) {
            throw keys.bad(key, value, "it has a zero character; remove that");
          }
        });
    keys.checkBlocks();
    return keys;
  }

  private void checkBlocks() {
    int least = wholeNumber("min_blocks", 0, 0);
    int most = wholeNumber("max_blocks", Math.max(least, 1), 1);
    wholeNumber("init_blocks", 0, 0);
    if (least > most) {
      throw bad("min_blocks", Integer.toString(least), "it must not be above max_blocks, " + most);
    }
    share("parallelism");
  }

  /** The kind of the provider. */
  public String kind() {
    return settings.kind();
  }

  /** The error of a key: what it is, and the rule that it breaks. */
  public ConfigurationException bad(String key, String value, String rule) {
    return new ConfigurationException(
        "%s of provider %s is \"%s\"; %s".formatted(key, settings.kind(), value, rule));
  }

  /** One line. */
  public Optional<String> line(String key) {
    Optional<String> value = text(key);
    if (value.isPresent() && value.get().indexOf('\n') >= 0) {
      throw bad(key, value.get(), "it must be one line");
    }
    return value.map(String::strip);
  }

  /** One word: no blanks, and nothing that a shell or a batch system would read otherwise. */
  public Optional<String> word(String key) {
    Optional<String> value = line(key);
    if (value.isPresent() && value.get().matches(".*[\\s\"'`\\\\].*")) {
      throw bad(key, value.get(), "it must be one word without blanks, quotes and backslashes");
    }
    return value;
  }

  /** Whole text, its last line ended; empty when not given. */
  public String lines(String key) {
    return text(key).map(value -> value.endsWith("\n") ? value : value + "\n").orElse("");
  }

  /** The lines of a list that are not blank. */
  public List<String> list(String key) {
    return lines(key).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Text as it is given. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(settings.keys().get(key)).filter(value -> !value.isBlank());
  }

  /** A whole number, or what stands for one that is not given. */
  public int wholeNumber(String key, int absent, int least) {
    return wholeNumber(key, least).orElse(absent);
  }

  /** A whole number. */
  public OptionalInt wholeNumber(String key, int least) {
    Optional<String> value = line(key);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    String rule = "it must be a whole number of at least " + least;
    try {
      int number = Integer.parseInt(value.get());
      if (number < least) {
        throw bad(key, value.get(), rule);
      }
      return OptionalInt.of(number);
    } catch (NumberFormatException e) {
      throw bad(key, value.get(), rule);
    }
  }

  /** True or false. */
  public boolean flag(String key, boolean absent) {
    String value = line(key).orElse(Boolean.toString(absent));
    return switch (value) {
      case "1", "true", "True" -> true;
      case "0", "false", "False" -> false;
      default -> throw bad(key, value, "it must be true or false");
    };
  }

  /** A positive number of seconds. */
  public Duration seconds(String key, String absent) {
    String value = line(key).orElse(absent);
    BigDecimal number = number(key, value, "it must be a number of seconds, from 0.1 to 1000000");
    if (number.compareTo(new BigDecimal("0.1")) < 0
        || number.compareTo(new BigDecimal("1000000")) > 0) {
      throw bad(key, value, "it must be a number of seconds, from 0.1 to 1000000");
    }
    return Duration.ofMillis(number.movePointRight(3).longValue());
  }

  private void share(String key) {
    String value = line(key).orElse("1");
    String rule = "it must be a number from 0 (a block at a time) to 1 (a slot for each task)";
    BigDecimal number = number(key, value, rule);
    if (number.signum() < 0 || number.compareTo(BigDecimal.ONE) > 0) {
      throw bad(key, value, rule);
    }
  }

  private BigDecimal number(String key, String value, String rule) {
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException e) {
      throw bad(key, value, rule);
    }
  }

  /** How long a block may run, {@code HH:MM:SS}. */
  String walltime(String absent) {
    String value = line("walltime").orElse(absent);
    if (!WALLTIME.matcher(value).matches()) {
      throw bad("walltime", value, "it must be HH:MM:SS, such as 01:30:00");
    }
    return value;
  }
}
