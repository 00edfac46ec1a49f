package fonio.engine;

import fonio.api.Account;
import fonio.api.ConfigurationException;
import fonio.wire.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The numbered folder of a run in this JVM, and the state that all runs beside it share.
 *
 * @param path the folder, such as {@code .fonio/runs/007}
 * @param state the database
 */
record JavaRunFolder(Path path, Path state) {

  /** Makes the next free folder in the run folder of the settings. */
  static JavaRunFolder create(Settings settings) {
    Path home = settings.home().toAbsolutePath();
    try {
      Path folder = numbered(Files.createDirectories(home.resolve("runs")));
      Files.writeString(
          folder.resolve("engine.properties"),
          "client_pid=%d%nrun=%s%nsegments=%s%ncheckpoint=%s%ncheckpoint_period_ms=%d%n"
              .formatted(
                  ProcessHandle.current().pid(),
                  folder,
                  folder,
                  settings.checkpointMode().name().toLowerCase(Locale.ROOT),
                  settings.checkpointPeriod().toMillis()));
      return new JavaRunFolder(folder, home.resolve("state.db"));
    } catch (IOException e) {
      throw new ConfigurationException(
          "run_dir is %s, and no folder of a run can be made there: %s; set it to a folder that you may write, or set no checkpoint_mode and no executor of blocks"
              .formatted(home, e),
          e);
    }
  }

  private static Path numbered(Path runs) throws IOException {
    int number = 0;
    try (Stream<Path> others = Files.list(runs)) {
      number =
          others
              .map(other -> other.getFileName().toString())
              .filter(name -> name.matches("\\d{1,9}"))
              .mapToInt(name -> Integer.parseInt(name) + 1)
              .max()
              .orElse(0);
    }
    while (true) {
      try {
        return Files.createDirectory(runs.resolve("%03d".formatted(number)));
      } catch (FileAlreadyExistsException taken) {
        number++;
      }
    }
  }

  /** Writes down how a run ended that keeps no history. */
  void finish(Account last) {
    long ended = System.currentTimeMillis();
    String lines = new String(Lines.encode(Tally.entries(last)), StandardCharsets.UTF_8);
    try {
      Files.writeString(
          path.resolve("run.properties"),
          "started=%d%nended=%d%n%s".formatted(ended - last.wall().toMillis(), ended, lines));
    } catch (IOException e) {
      System.err.println("fonio: the account of the run cannot be written to " + path + ": " + e);
    }
  }
}
