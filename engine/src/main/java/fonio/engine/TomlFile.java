package fonio.engine;

import fonio.api.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** The settings of a file {@code fonio.toml}. */
final class TomlFile {
  private TomlFile() {}

  /** The file's settings, checked for their kind; none if there is no file. */
  static Map<Key, Setting> read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException none) {
      return Map.of();
    } catch (IOException e) {
      throw new ConfigurationException(file + " cannot be read: " + e + "; make it readable", e);
    }
    return settings(file, parsed(file, text));
  }

  private static JsonNode parsed(Path file, String text) {
    try {
      return new TomlMapper().readTree(text);
    } catch (JacksonException e) {
      throw new ConfigurationException(
          "%s is not TOML: line %d: %s; correct it, or move it away"
              .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
  }

  private static Map<Key, Setting> settings(Path file, JsonNode root) {
    Map<Key, Setting> settings = new EnumMap<>(Key.class);
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      Key key = Key.of(entry.getKey(), file.toString());
      JsonNode value = entry.getValue();
      if (!fits(key.kind, value)) {
        throw new ConfigurationException(
            "%s: %s is %s; it must be %s".formatted(file, key.word(), value, key.kind.words));
      }
      String text = value.isArray() ? value.toString() : value.asString();
      settings.put(key, new Setting(key, text, file.toString()));
    }
    return settings;
  }

  private static boolean fits(Key.Kind kind, JsonNode value) {
    return switch (kind) {
      case WHOLE_NUMBER -> value.isIntegralNumber();
      case TRUTH -> value.isBoolean();
      case TEXT -> value.isString();
      case TEXTS -> value.isArray() && value.valueStream().allMatch(JsonNode::isString);
    };
  }
}
