package fonio.engine;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where programs are looked for by their names.
 *
 * @param folders separated as in the variable {@code PATH}
 */
record SearchPath(String folders) {
  /** That of this process, which what it starts has too. */
  static SearchPath own() {
    return new SearchPath(System.getenv().getOrDefault("PATH", ""));
  }

  /** Whether a program of this name, or at this absolute place, can be started. */
  boolean has(String program) {
    return Arrays.stream(folders.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder).resolve(program))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }

  @Override
  public String toString() {
    return "PATH=" + folders;
  }
}
