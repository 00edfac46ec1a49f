package fonio.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file of golden vectors: paragraphs of lines {@code key=value}, with comments before them. */
record GoldenFile(String name, String comment, List<Map<String, String>> vectors) {
  private static final Path SOURCES = Path.of("src/main/resources/fonio/wire/golden");

  static List<Map<String, String>> read(String name) {
    List<Map<String, String>> vectors = new ArrayList<>();
    for (String paragraph : text(name).split("\n\n", -1)) {
      StringBuilder lines = new StringBuilder();
      paragraph
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> lines.append(line).append('\n'));
      vectors.add(Lines.parse(lines.toString()));
    }
    return vectors;
  }

  static String text(String name) {
    try (InputStream stream = GoldenFile.class.getResourceAsStream("golden/" + name)) {
      return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the file should say. */
  String text() {
    StringBuilder text = new StringBuilder();
    comment.lines().forEach(line -> text.append("# ").append(line).append('\n'));
    String separator = "";
    for (Map<String, String> vector : vectors) {
      text.append(separator).append(new String(Lines.encode(vector), StandardCharsets.UTF_8));
      separator = "\n";
    }
    return text.toString();
  }

  void write() {
    try {
      Files.createDirectories(SOURCES);
      Files.writeString(SOURCES.resolve(name), text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
