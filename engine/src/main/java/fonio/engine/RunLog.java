package fonio.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.Consumer;

/** What is said for people about a run in this JVM: a file of its folder, a line for each. */
record RunLog(Path file) implements Consumer<String> {
  @Override
  public void accept(String line) {
    try {
      Files.writeString(
          file,
          Instant.now() + " " + line + System.lineSeparator(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      System.err.println("fonio: " + line + " (not in " + file + ": " + e + ")");
    }
  }
}
