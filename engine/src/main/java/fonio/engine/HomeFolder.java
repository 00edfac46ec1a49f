package fonio.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The folder that holds runs, checkpoints and history. */
public final class HomeFolder {
  private static final Path DEFAULT = Path.of(".fonio");

  private HomeFolder() {}

  /**
   * The folder of programs that name none: {@code FONIO_HOME}, {@code FONIO_RUN_DIR}, {@code
   * run_dir} of {@code fonio.toml}, or {@code .fonio}.
   *
   * @param directory where a {@code fonio.toml} may be
   * @throws fonio.api.ConfigurationException if a setting means nothing
   */
  public static Path of(Map<String, String> environment, Path directory) {
    return of(Outside.read(environment, directory), Optional.empty());
  }

  /** The same for a program that may name one. */
  static Path of(Outside outside, Optional<Path> given) {
    return outside
        .home()
        .or(() -> outside.forced(Key.RUN_DIR).map(HomeFolder::path))
        .or(() -> given)
        .or(() -> outside.filed(Key.RUN_DIR).map(HomeFolder::path))
        .orElse(DEFAULT);
  }

  private static Path path(Setting setting) {
    return Path.of(setting.text());
  }
}
