package fonio.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The numbers of the cores that this process may use, as {@code /proc} lists them. */
final class CoreNumbers {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String ALLOWED = "Cpus_allowed_list:";

  private CoreNumbers() {}

  /** The first so many; where there are fewer, numbers that no core has follow. */
  static List<Integer> first(int count) {
    return first(count, allowed());
  }

  static List<Integer> first(int count, List<Integer> allowed) {
    List<Integer> numbers = new ArrayList<>(allowed.subList(0, Math.min(count, allowed.size())));
    while (numbers.size() < count) {
      numbers.add(numbers.isEmpty() ? 0 : numbers.getLast() + 1);
    }
    return numbers;
  }

  private static List<Integer> allowed() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(ALLOWED)) {
          return parse(line.substring(ALLOWED.length()).strip());
        }
      }
    } catch (IOException | NumberFormatException e) {
      // then they are numbered from 0
    }
    return List.of();
  }

  /** The numbers of a list such as {@code 0-3,8}. */
  static List<Integer> parse(String list) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      String[] bounds = part.split("-", 2);
      for (int n = Integer.parseInt(bounds[0]);
          n <= Integer.parseInt(bounds[bounds.length - 1]);
          n++) {
        numbers.add(n);
      }
    }
    return numbers;
  }
}
