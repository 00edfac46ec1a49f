package fonio.providers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of shell scripts that stand for a batch system's programs; each call is written down.
 */
final class FakePrograms {
  private final Path folder;

  FakePrograms(Path folder) {
    this.folder = folder;
  }

  /** Makes a program of a shell text. */
  FakePrograms with(String name, String text) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(name);
      Files.writeString(
          file,
          "#!/bin/bash\nprintf '%s\\n' \"" + name + " $*\" >>" + folder + "/calls\n" + text + "\n");
      if (!file.toFile().setExecutable(true)) {
        throw new IllegalStateException(file + " cannot be made executable");
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a program that prints a text, complains and exits. */
  FakePrograms answering(String name, String stdout, String stderr, int exitCode) {
    return with(
        name,
        "printf '%s' "
            + JobBody.quoted(stdout)
            + "\nprintf '%s' "
            + JobBody.quoted(stderr)
            + " >&2\nexit "
            + exitCode);
  }

  /** The environment in which they come before the real ones. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PATH", folder + ":" + System.getenv("PATH"));
    return environment;
  }

  /** The calls until now, a line each. */
  List<String> calls() {
    try {
      Path file = folder.resolve("calls");
      return Files.exists(file) ? new ArrayList<>(Files.readAllLines(file)) : new ArrayList<>();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
