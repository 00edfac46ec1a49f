package fonio.cli;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Cores, memory and disk, as this process may use them. */
final class Hardware {
  private static final long MIB = 1L << 20;
  private static final long LEAST_SHARED_MIB = 256;
  private static final long LEAST_DISK_MIB = 1024;

  private Hardware() {}

  static Finding cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    return Finding.have("cores", Integer.toString(cores), "as many workers at once");
  }

  static Finding memory() {
    OptionalLong total = meminfoMib("MemTotal");
    OptionalLong free = meminfoMib("MemAvailable");
    if (total.isEmpty() || free.isEmpty()) {
      return Finding.miss("memory", "not told by /proc/meminfo", "tasks run all the same");
    }
    String value = total.getAsLong() + " MB, " + free.getAsLong() + " MB free";
    return Finding.have("memory", value, "about 250 bytes a queued task, 20 MB a Python worker");
  }

  static Finding sharedMemory() {
    return space("/dev/shm", Path.of("/dev/shm"), LEAST_SHARED_MIB)
        .orElse(
            "rings and large payloads in memory", "large payloads go to files in the run's folder");
  }

  static Finding disk() {
    return space("disk here", Path.of("").toAbsolutePath(), LEAST_DISK_MIB)
        .orElse("builds and Python environments", "free some space before the first use");
  }

  private static OptionalLong meminfoMib(String key) {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/meminfo"));
      return lines.stream()
          .filter(line -> line.startsWith(key + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException none) {
      return OptionalLong.empty();
    }
  }

  private static Space space(String name, Path folder, long leastMib) {
    try {
      FileStore store = Files.getFileStore(folder);
      long free = store.getUsableSpace() / MIB;
      String value = store.getTotalSpace() / MIB + " MB, " + free + " MB free";
      return new Space(name, value, free >= leastMib && Files.isWritable(folder));
    } catch (IOException missing) {
      return new Space(name, "not there", false);
    }
  }

  private record Space(String name, String value, boolean enough) {
    Finding orElse(String enables, String remedy) {
      return enough ? Finding.have(name, value, enables) : Finding.miss(name, value, remedy);
    }
  }
}
