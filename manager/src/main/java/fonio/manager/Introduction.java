package fonio.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a manager says of itself and of its node when it says hello. */
record Introduction(
    ManagerOptions options, NodeResources node, int accelerators, long keepMegabytes) {
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  static Introduction of(ManagerOptions options, NodeResources node, long keepMegabytes) {
    return new Introduction(options, node, Accelerators.count(Path.of("/")), keepMegabytes);
  }

  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("role", "manager");
    entries.put("name", options.name());
    entries.put("block", options.block());
    entries.put("host", host());
    entries.put("pid", Long.toString(ProcessHandle.current().pid()));
    entries.put("token", options.token());
    entries.put("codec", "any");
    entries.put("byteorder", "little");
    entries.put("cores", Integer.toString(node.cores()));
    if (node.memoryMegabytes() < Long.MAX_VALUE) {
      entries.put("memory_mb", Long.toString(node.memoryMegabytes()));
    }
    entries.put("accelerators", Integer.toString(accelerators));
    entries.put("keep_mb", Long.toString(keepMegabytes));
    entries.put("software", software());
    return entries;
  }

  private static String software() {
    String version = Introduction.class.getPackage().getImplementationVersion();
    return "fonio %s, Java %s"
        .formatted(version == null ? "from classes" : version, Runtime.version());
  }

  private static String host() {
    try {
      return Files.readString(HOST).strip();
    } catch (IOException e) {
      return "an unnamed host";
    }
  }
}
