package fonio.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The nodes of this job, as its batch system names them. */
final class BlockHosts {
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  private BlockHosts() {}

  /** Those of a Slurm or PBS job, else this host alone; FONIO_NODES (a,b,c) comes first. */
  static List<String> find(Map<String, String> environment) {
    String given = environment.getOrDefault("FONIO_NODES", "");
    if (!given.isEmpty()) {
      return List.of(given.split(",", -1));
    }
    String slurm = environment.getOrDefault("SLURM_JOB_NODELIST", "");
    if (!slurm.isEmpty()) {
      return HostList.parse(slurm);
    }
    String pbs = environment.getOrDefault("PBS_NODEFILE", "");
    return pbs.isEmpty() ? List.of(line(HOST)) : lines(Path.of(pbs));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "PBS_NODEFILE=" + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String line(Path file) {
    return lines(file).getFirst();
  }
}
