package fonio.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a folder in order, as they are on disk when it comes to them.
 *
 * <p>It changes nothing, and may read while another process writes; what that one has not finished
 * then looks like a torn tail.
 */
public final class JournalReader implements AutoCloseable {
  private final Path folder;
  private final List<Integer> numbers;
  private int opened;
  private @Nullable SegmentScanner scanner;
  private long position;
  private Optional<TornTail> tornTail = Optional.empty();

  private JournalReader(Path folder, List<Integer> numbers) {
    this.folder = folder;
    this.numbers = numbers;
  }

  /** A reader that stands before the first record of the folder. */
  public static JournalReader open(Path folder) {
    try {
      return new JournalReader(folder, SegmentNames.numbers(folder));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /**
   * Goes to the next record; false when there is none.
   *
   * @throws JournalDamageException at bytes that are not what was written
   */
  public boolean next() {
    try {
      while (scanner == null || !scanner.next()) {
        if (!openNext()) {
          return false;
        }
      }
      position = scanner.position();
      return true;
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private boolean openNext() throws IOException {
    boolean last = opened == numbers.size();
    SegmentScanner done = scanner;
    if (done != null) {
      if (!done.isAtEnd()) {
        if (!last || done.isDamage()) {
          throw done.damage("a record there is not whole");
        }
        tornTail = Optional.of(tail(done));
        return false;
      }
      if (last) {
        return false;
      }
      done.close();
    }
    if (last) {
      return false;
    }
    SegmentScanner fresh = SegmentScanner.open(folder, numbers.get(opened));
    scanner = fresh;
    opened++;
    if (fresh.header().isPresent() && opened > 1 && fresh.position() != position) {
      throw fresh.damage(
          "it begins with record " + (fresh.position() + 1) + " and not " + (position + 1));
    }
    position = fresh.header().isPresent() ? fresh.position() : position;
    return true;
  }

  private TornTail tail(SegmentScanner of) {
    return new TornTail(numbers.get(opened - 1), of.offset(), of.size() - of.offset());
  }

  private SegmentScanner current() {
    if (scanner == null) {
      throw new IllegalStateException("no record: call next() first, and go on while it is true");
    }
    return scanner;
  }

  /** The kind of the record, as it was appended. */
  public int kind() {
    return current().kind();
  }

  /** The position of the record; after the last one, the last one's. */
  public long position() {
    return position;
  }

  /** The record's bytes, little-endian, to read only, valid until the next call. */
  public ByteBuffer payload() {
    return current().payload();
  }

  /** What a crash cut short, once there is no next record. */
  public Optional<TornTail> tornTail() {
    return tornTail;
  }

  static JournalException unreadable(Path folder, IOException e) {
    return new JournalException(
        "The journal in " + folder + " cannot be read: " + e + "; mend that and open it again", e);
  }

  @Override
  public void close() {
    try {
      if (scanner != null) {
        scanner.close();
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }
}
