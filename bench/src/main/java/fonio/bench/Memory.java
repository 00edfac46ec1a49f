package fonio.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds: live objects, and its resident pages.
 *
 * <p>In a JVM whose whole heap was touched at its start, resident pages grow by what is outside of
 * the heap only.
 *
 * @param heapBytes objects that a full collection leaves
 * @param residentBytes pages in memory
 */
record Memory(long heapBytes, long residentBytes) {
  private static final String RESIDENT = "VmRSS:";

  /** Collects, then looks. */
  @SuppressWarnings("ExplicitGC") // what a collection leaves is the question
  static Memory now() throws IOException {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(RESIDENT)) {
        String kilobytes = line.substring(RESIDENT.length()).replace("kB", "").strip();
        return new Memory(heap, Long.parseLong(kilobytes) * 1024);
      }
    }
    throw new IOException("/proc/self/status has no line " + RESIDENT);
  }

  Memory less(Memory before) {
    return new Memory(heapBytes - before.heapBytes, residentBytes - before.residentBytes);
  }
}
