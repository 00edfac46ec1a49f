package fonio.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shell script that starts this program, for the words that it handles itself. */
final class Launcher {
  private Launcher() {}

  /** Runs the script with the words and returns its exit code. */
  static int call(String word, List<String> words) throws IOException, InterruptedException {
    String root = System.getProperty("fonio.root");
    if (root == null) {
      throw new MissingException(
          "'" + word + "' is started by the script ./fonio of the source tree: run that instead");
    }
    List<String> command = new ArrayList<>(List.of(Path.of(root, "fonio").toString(), word));
    command.addAll(words);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
