package fonio.engine;

import fonio.api.ConfigurationException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is set outside of the program: by {@code --set} and the environment, which are stronger than
 * it, and by {@code fonio.toml}, which is weaker.
 *
 * <p>{@code --set key=value} of the command line arrives as {@code FONIO_KEY}, with its key in
 * {@code FONIO_SET}.
 */
record Outside(Map<String, String> environment, Set<String> words, Map<Key, Setting> file) {
  private static final String PREFIX = "FONIO_";
  private static final String HOME = "home";

  /** What is set for programs in Java. */
  static Outside of(Map<String, String> environment, Path directory) {
    Outside outside = read(environment, directory);
    outside.words.forEach(outside::checkIsForJava);
    return outside;
  }

  /** What is set for programs in any language; a word that there is not is refused. */
  static Outside read(Map<String, String> environment, Path directory) {
    Outside outside =
        new Outside(
            environment, words(environment), TomlFile.read(directory.resolve("fonio.toml")));
    outside.words.forEach(Outside::key);
    return outside;
  }

  private static Set<String> words(Map<String, String> environment) {
    return Arrays.stream(environment.getOrDefault("FONIO_SET", "").split(",", -1))
        .map(word -> word.replace('.', '_').replace('-', '_').toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty() && !word.equals(HOME))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Key key(String word) {
    return Key.of(word, "--set " + word + "=...");
  }

  /** Refuses what would do nothing, as only runs of Python programs have it. */
  private void checkIsForJava(String word) {
    Key key = key(word);
    if (!key.inJava) {
      throw new ConfigurationException(
          "--set %s=%s: only runs of Python programs have %s; leave it out"
              .formatted(word, environment.getOrDefault(PREFIX + key.name(), ""), word));
    }
  }

  /** The value that is stronger than the program's. */
  Optional<Setting> forced(Key key) {
    String name = PREFIX + key.name();
    String text = environment.getOrDefault(name, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String source = words.contains(key.word()) ? "--set " + key.word() : name;
    return Optional.of(new Setting(key, text, source + "=" + text));
  }

  /** The value for which the program has none. */
  Optional<Setting> filed(Key key) {
    return Optional.ofNullable(file.get(key));
  }

  /** The folder of runs that counts more than any {@code run_dir}. */
  Optional<Path> home() {
    String folder = environment.getOrDefault("FONIO_HOME", "");
    return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
  }
}
