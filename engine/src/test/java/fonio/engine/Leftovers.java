package fonio.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What Java runs of this process could leave behind: folders in shared memory, and processes. */
final class Leftovers {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Set<String> before = folders();

  /** The folders that are new, have a log of a pool of this name, and are still there. */
  Set<String> folders(String label) {
    Set<String> after = folders();
    after.removeAll(before);
    after.removeIf(
        name -> Files.notExists(SHARED_MEMORY.resolve(name).resolve("logs/" + label + "-w0.out")));
    return after;
  }

  /** The worker processes of this one. */
  static List<ProcessHandle> workers() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains("WorkerMain"))
        .toList();
  }

  private static Set<String> folders() {
    try (Stream<Path> all = Files.list(SHARED_MEMORY)) {
      Set<String> names = new TreeSet<>();
      all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("fonio-"))
          .forEach(names::add);
      return names;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
