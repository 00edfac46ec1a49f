package fonio.pool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads what is appended to a file, whole lines at a time. */
final class LogTail {
  private static final int MOST_BYTES = 1 << 16;
  private static final int MOST_READS = 4;

  private final Path file;
  private long position;
  private long begin;

  LogTail(Path file) {
    this.file = file;
  }

  /** Another process writes from here on. */
  void begin() {
    begin = file.toFile().length();
  }

  /**
   * Passes on the new whole lines, not too many at a time; with {@code all} everything, an
   * unfinished last line too.
   */
  boolean read(boolean all, Consumer<String> lines) {
    if (file.toFile().length() <= position) {
      return false;
    }
    byte[] bytes = new byte[MOST_BYTES];
    boolean any = false;
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      for (int reads = 0; all || reads < MOST_READS; reads++) {
        in.seek(position);
        int count = in.read(bytes);
        int whole = count <= 0 ? 0 : whole(bytes, count, all);
        if (whole == 0) {
          return any;
        }
        position += whole;
        any = true;
        lines.accept(new String(bytes, 0, whole, StandardCharsets.UTF_8));
      }
      return any;
    } catch (IOException e) {
      return any;
    }
  }

  private static int whole(byte[] bytes, int count, boolean all) {
    for (int i = count; i > 0 && !(all && count < bytes.length); i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    return all || count == bytes.length ? count : 0;
  }

  /** The last few lines of the present process, for an error. */
  String last(int mostBytes) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(begin, in.length() - mostBytes);
      byte[] bytes = new byte[(int) (in.length() - from)];
      in.seek(from);
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
