package fonio.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tracebacks that the workers of a run have kept, by task; of a task that failed several times
 * the last in its worker's file.
 */
final class WorkerErrors {
  private static final Pattern HEAD = Pattern.compile("task (\\d{1,18}): (.*)");

  private WorkerErrors() {}

  /**
   * @param workers the folder {@code workers} of the run; nothing is known where there is none
   */
  static Map<Long, String> of(Path workers) throws IOException {
    Map<Long, String> texts = new HashMap<>();
    if (!Files.isDirectory(workers)) {
      return texts;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(workers)) {
      files = all.filter(file -> file.toString().endsWith(".errors")).sorted().toList();
    }
    for (Path file : files) {
      try (BufferedReader lines = reader(file)) {
        read(lines, texts);
      }
    }
    return texts;
  }

  private static void read(BufferedReader lines, Map<Long, String> texts) throws IOException {
    long task = -1;
    StringBuilder text = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        keep(task, text, texts);
        task = Long.parseLong(head.group(1));
        text.append(head.group(2));
      } else if (line.startsWith("  ")) {
        text.append('\n').append(line, 2, line.length());
      }
    }
    keep(task, text, texts);
  }

  /** Reads whatever bytes there are: what a task printed need not be text. */
  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  private static void keep(long task, StringBuilder text, Map<Long, String> texts) {
    if (task >= 0) {
      texts.put(task, text.toString());
    }
    text.setLength(0);
  }
}
