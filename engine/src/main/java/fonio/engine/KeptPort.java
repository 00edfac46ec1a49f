package fonio.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The port of an executor of a durable run, so that managers find the next engine where they found
 * the last one.
 *
 * @param file where it stands; of a run that is not durable it is never written
 * @param number the last engine's; 0 when there was none, or it was not written to its end
 */
record KeptPort(Path file, int number) {
  private static final Pattern WHOLE = Pattern.compile("\\d{1,5}\\n");

  static KeptPort of(Path run, String label) throws IOException {
    Path file = file(run, label);
    String text = Files.exists(file) ? Files.readString(file) : "";
    return new KeptPort(file, WHOLE.matcher(text).matches() ? Integer.parseInt(text.strip()) : 0);
  }

  /** Where the port of an executor stands. */
  static Path file(Path run, String label) {
    return run.resolve(label + ".port");
  }

  /** Notes the port, if there is a journal from which another engine may start. */
  void keep(int port) throws IOException {
    if (Files.isDirectory(file.resolveSibling(RecoveredRun.FOLDER))) {
      Files.writeString(file, port + "\n");
    }
  }
}
