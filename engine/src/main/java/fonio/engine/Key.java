package fonio.engine;

import fonio.api.ConfigurationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A setting that may come from outside of the program; Java and Python programs share the keys, as
 * they share {@code fonio.toml}.
 */
enum Key {
  WORKERS(Kind.WHOLE_NUMBER, true),
  RETRIES(Kind.WHOLE_NUMBER, true),
  RUN_DIR(Kind.TEXT, true),
  APP_CACHE(Kind.TRUTH, true),
  CHECKPOINT_MODE(Kind.TEXT, true),
  CHECKPOINT_PERIOD(Kind.TEXT, true),
  CPU_AFFINITY(Kind.TEXT, true),
  MAX_TASKS_PER_CHILD(Kind.WHOLE_NUMBER, true),
  PRELOAD(Kind.TEXTS, false),
  PLACEMENT(Kind.TEXT, false),
  QUEUE(Kind.TEXT, false),
  CREDIT_US(Kind.WHOLE_NUMBER, false),
  KILLS(Kind.WHOLE_NUMBER, false),
  EXIT_MODE(Kind.TEXT, false),
  DURABLE(Kind.TRUTH, false),
  ON_CLIENT_EXIT(Kind.TEXT, false),
  INTERNAL_TASKS_MAX_THREADS(Kind.WHOLE_NUMBER, false),
  JAVA_OPTIONS(Kind.TEXTS, false);

  /** What a value is, in the words of a complaint. */
  enum Kind {
    WHOLE_NUMBER("a whole number"),
    TRUTH("true or false"),
    TEXT("a text"),
    TEXTS("a list of texts");

    final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  final Kind kind;

  /** Whether runs of Java programs have it; those of Python programs have all. */
  final boolean inJava;

  Key(Kind kind, boolean inJava) {
    this.kind = kind;
    this.inJava = inJava;
  }

  /** The key as people write it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The key that people write so. */
  static Key of(String word, String source) {
    return Arrays.stream(values())
        .filter(key -> key.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new ConfigurationException(
                "%s: there is no key %s; the keys are %s".formatted(source, word, words())));
  }

  private static String words() {
    return Arrays.stream(values()).map(Key::word).sorted().collect(Collectors.joining(", "));
  }
}
