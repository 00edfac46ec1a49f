package fonio.engine;

import fonio.api.ConfigurationException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The program by which a provider asks for blocks: without it none would ever come. */
final class SubmitProgram {
  private static final Map<String, String> OF_PROVIDERS =
      Map.of(
          "ssh", "ssh",
          "slurm", "sbatch",
          "pbspro", "qsub",
          "torque", "qsub",
          "lsf", "bsub",
          "grid_engine", "qsub",
          "condor", "condor_submit");

  private SubmitProgram() {}

  /**
   * Looks for the program that a provider needs, if it needs one.
   *
   * @param path folders, separated as in {@code PATH}
   * @throws ConfigurationException if it is in none of them
   */
  static void require(String provider, String path) {
    @Nullable String program = OF_PROVIDERS.get(provider);
    if (program != null && !isOn(path, program)) {
      throw new ConfigurationException(
          "provider %s needs the program %s, which is not on PATH=%s; install it, load its module, put its folder on PATH, or use another provider"
              .formatted(provider, program, path));
    }
  }

  private static boolean isOn(String path, String program) {
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder.isEmpty() ? "." : folder, program))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }
}
