package fonio.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the node has for tasks.
 *
 * @param cores how many cores this process may use
 * @param memoryMegabytes how much memory there is
 */
record NodeResources(int cores, long memoryMegabytes) {
  private static final Path MEMORY = Path.of("/proc/meminfo");

  /** What is found, or what FONIO_CORES and FONIO_MEMORY_GB say in its place. */
  static NodeResources find(Map<String, String> environment) {
    String cores = environment.get("FONIO_CORES");
    String memory = environment.get("FONIO_MEMORY_GB");
    return new NodeResources(
        cores == null
            ? Runtime.getRuntime().availableProcessors()
            : (int) number("FONIO_CORES", cores),
        memory == null ? totalMegabytes() : (long) (1024 * number("FONIO_MEMORY_GB", memory)));
  }

  private static double number(String name, String value) {
    try {
      double number = Double.parseDouble(value.strip());
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(name + "=" + value + " is not a number above 0");
  }

  private static long totalMegabytes() {
    try {
      for (String line : Files.readAllLines(MEMORY)) {
        if (line.startsWith("MemTotal:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // then there is no limit by memory
    }
    return Long.MAX_VALUE;
  }
}
