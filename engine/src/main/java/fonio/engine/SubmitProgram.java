package fonio.engine;

import fonio.api.ConfigurationException;
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
   * @throws ConfigurationException if it is not there
   */
  static void require(String provider, SearchPath path) {
    @Nullable String program = OF_PROVIDERS.get(provider);
    if (program != null && !path.has(program)) {
      throw new ConfigurationException(
          "provider %s needs the program %s, which is not on %s; install it, load its module, put its folder on PATH, or use another provider"
              .formatted(provider, program, path));
    }
  }
}
