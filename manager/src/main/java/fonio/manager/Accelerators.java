package fonio.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The accelerators that a node shows: by the device files of NVIDIA, or the topology of AMD. */
final class Accelerators {
  private static final Path DEVICES = Path.of("dev");
  private static final Path NODES = Path.of("sys/class/kfd/kfd/topology/nodes");

  private Accelerators() {}

  /**
   * How many there are.
   *
   * @param root of the file system
   */
  static int count(Path root) {
    int nvidia = count(root.resolve(DEVICES), Accelerators::isNvidia);
    return nvidia > 0 ? nvidia : count(root.resolve(NODES), Accelerators::isAmd);
  }

  private interface Test {
    boolean holds(Path path) throws IOException;
  }

  private static int count(Path folder, Test test) {
    int count = 0;
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        count += test.holds(entry) ? 1 : 0;
      }
    } catch (IOException none) {
      return count;
    }
    return count;
  }

  private static boolean isNvidia(Path device) {
    return String.valueOf(device.getFileName()).matches("nvidia\\d+");
  }

  /** Processors have the number 0. */
  private static boolean isAmd(Path node) throws IOException {
    return !Files.readString(node.resolve("gpu_id")).strip().equals("0");
  }
}
