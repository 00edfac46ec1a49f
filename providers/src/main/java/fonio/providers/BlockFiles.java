package fonio.providers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The files of one block.
 *
 * @param stem their path without suffix
 */
record BlockFiles(Path stem) {
  private static final int TAIL_CHARS = 2_048;
  private static final int MOST_BYTES_PER_CHAR = 4;

  static BlockFiles of(BlockOrder block) {
    return new BlockFiles(block.folder().resolve(block.name()));
  }

  Path script() {
    return with(".sh");
  }

  Path stdout() {
    return with(".out");
  }

  Path stderr() {
    return with(".err");
  }

  Path exit() {
    return with(".exit");
  }

  Path with(String suffix) {
    return stem.resolveSibling(stem.getFileName() + suffix);
  }

  /** Writes a file of a new block; what an older block of this name left is removed. */
  void write(Path file, String text) {
    try {
      Files.createDirectories(stem.toAbsolutePath().getParent());
      for (Path old : new Path[] {exit(), stdout(), stderr()}) {
        Files.deleteIfExists(old);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new ProviderException(
          "%s could not be written: %s; give blocks a folder that this user can write"
              .formatted(file, e),
          e);
    }
  }

  /** The exit code that the script wrote down, if it came to its end. */
  OptionalInt exitCode() {
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(exit()).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** The last characters of a file; none when it cannot be read. */
  static String tail(Path file) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long most = (long) TAIL_CHARS * MOST_BYTES_PER_CHAR;
      in.seek(Math.max(0, in.length() - most));
      byte[] bytes = new byte[(int) Math.min(most, in.length() - in.getFilePointer())];
      in.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      int begin = Math.max(0, text.length() - TAIL_CHARS);
      boolean split = begin > 0 && Character.isLowSurrogate(text.charAt(begin));
      return text.substring(split ? begin + 1 : begin);
    } catch (IOException e) {
      return "";
    }
  }
}
