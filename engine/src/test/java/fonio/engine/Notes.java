package fonio.engine;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Small numbers that tasks write down one behind the other, whatever process runs them: a file. */
record Notes(String path) implements Serializable {

  /** A file without notes. */
  static Notes in(Path folder) {
    return new Notes(folder.resolve("notes").toString());
  }

  /** Task: writes a number between 0 and 127 down; how many there are now. */
  int add(int number) throws IOException {
    Path file = Path.of(path);
    Files.write(
        file, new byte[] {(byte) number}, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return (int) Files.size(file);
  }

  /** All numbers in the order in which they were written. */
  List<Integer> all() {
    try {
      byte[] bytes = Files.exists(Path.of(path)) ? Files.readAllBytes(Path.of(path)) : new byte[0];
      Integer[] numbers = new Integer[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        numbers[i] = (int) bytes[i];
      }
      return List.of(numbers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
