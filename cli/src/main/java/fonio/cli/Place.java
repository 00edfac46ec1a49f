package fonio.cli;

import fonio.engine.HomeFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say whose runs are meant: the same that {@code fonio run} has. */
final class Place {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "The folder of the runs (default: FONIO_HOME, run_dir as for fonio run, or .fonio).")
  String home = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting as for fonio run: run_dir names the folder.")
  Map<String, String> settings = new LinkedHashMap<>();

  /** The folder that a run with these options, called here, writes to. */
  Home home(Map<String, String> environment, Path directory) {
    if (!home.isEmpty()) {
      return new Home(Path.of(home));
    }
    Map<String, String> all = new HashMap<>(environment);
    settings.forEach((key, value) -> {
      all.put("FONIO_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value);
      all.merge("FONIO_SET", key, (before, word) -> before + "," + word);
    });
    return new Home(HomeFolder.of(all, directory));
  }

  Home home() {
    return home(System.getenv(), Path.of("").toAbsolutePath());
  }
}
