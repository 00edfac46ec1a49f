package fonio.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a folder that are segments: {@code 00000001.log} and so on. */
final class SegmentNames {
  private static final Pattern NAME = Pattern.compile("[0-9]{8}\\.log");

  private SegmentNames() {}

  static Path file(Path folder, int number) {
    return folder.resolve(String.format(Locale.ROOT, "%08d.log", number));
  }

  /** The numbers of the segments in a folder, in order; none is missing between two others. */
  static List<Integer> numbers(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Integer> numbers =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> NAME.matcher(name).matches())
              .map(name -> Integer.valueOf(name.substring(0, 8)))
              .sorted()
              .toList();
      for (int i = 1; i < numbers.size(); i++) {
        int expected = numbers.get(i - 1) + 1;
        if (numbers.get(i) != expected) {
          throw new JournalDamageException(
              file(folder, expected), expected, 0, "the file is missing");
        }
      }
      return numbers;
    }
  }
}
