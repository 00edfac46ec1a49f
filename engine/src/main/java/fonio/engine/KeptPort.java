package fonio.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The port of an executor of a durable run, so that managers find the next engine where they found
 * the last one.
 *
 * @param file where it stands; of a run that is not durable it is never written
 * @param number the last engine's; 0 when there was none
 */
record KeptPort(Path file, int number) {
  static KeptPort of(Path run, String label) throws IOException {
    Path file = run.resolve(label + ".port");
    return new KeptPort(
        file, Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0);
  }

  /** Notes the port, if there is a journal from which another engine may start. */
  void keep(int port) throws IOException {
    if (Files.isDirectory(file.resolveSibling(RecoveredRun.FOLDER))) {
      Files.writeString(file, port + "\n");
    }
  }
}
