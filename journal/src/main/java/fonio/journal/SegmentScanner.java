package fonio.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Walks over the records of one segment, up to its end or to the first that is not whole. */
final class SegmentScanner implements AutoCloseable {
  private final Path file;
  private final int number;
  private final Window window;
  private final CRC32C crc = new CRC32C();
  private final Optional<SegmentHeader> header;
  private long offset;
  private long position;
  private int length;

  private SegmentScanner(Path file, int number, Window window, Optional<SegmentHeader> header) {
    this.file = file;
    this.number = number;
    this.window = window;
    this.header = header;
    header.ifPresent(h -> {
      offset = SegmentHeader.BYTES;
      position = h.first() - 1;
    });
  }

  /** Opens a segment; one whose header is there but not sound is damaged. */
  static SegmentScanner open(Path folder, int number) throws IOException {
    Path file = SegmentNames.file(folder, number);
    Window window = Window.open(file);
    try {
      return new SegmentScanner(file, number, window, header(file, number, window));
    } catch (IOException | JournalDamageException e) {
      window.close();
      throw e;
    }
  }

  private static Optional<SegmentHeader> header(Path file, int number, Window window)
      throws IOException {
    if (!window.has(0, SegmentHeader.BYTES)) {
      return Optional.empty();
    }
    Optional<SegmentHeader> header = SegmentHeader.parse(window.bytes());
    boolean fits = header.isPresent() && header.get().number() == number;
    if (!fits && !Hole.isIn(window.bytes(), 0, SegmentHeader.BYTES, SegmentHeader.BYTES)) {
      throw new JournalDamageException(file, number, 0, "the header is not that of this segment");
    }
    return header;
  }

  /** What the segment says of itself; empty when a crash came before that was on disk. */
  Optional<SegmentHeader> header() {
    return header;
  }

  /** Goes to the next record; false at the end, or at one that is not whole. */
  boolean next() throws IOException {
    while (isWhole(offset)) {
      ByteBuffer bytes = window.bytes();
      int at = window.index(offset);
      length = bytes.getInt(at);
      boolean mark = bytes.get(at + Layout.KIND) == Mark.KIND;
      if (mark && Mark.next(bytes, at) != position + 1) {
        throw damage("a mark says position " + Mark.next(bytes, at) + " for " + (position + 1));
      }
      offset += Layout.RECORD_BYTES + length;
      if (!mark) {
        position++;
        return true;
      }
    }
    return false;
  }

  /** The kind of the record. */
  int kind() {
    return window.bytes().get(window.index(offset - length - 1)) & 0xFF;
  }

  /** The position of the record; of the last one before, when there is none. */
  long position() {
    return position;
  }

  /** The record's payload, valid until the next one. */
  ByteBuffer payload() {
    return window
        .bytes()
        .slice(window.index(offset - length), length)
        .asReadOnlyBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where the walk has come to. */
  long offset() {
    return offset;
  }

  long size() {
    return window.size();
  }

  boolean isAtEnd() {
    return header.isPresent() && offset == window.size();
  }

  /**
   * Whether what is not whole was on disk once, and not cut short by a crash: a mark follows, or a
   * whole record stands right behind and no part is missing as a disk leaves it out.
   */
  boolean isDamage() throws IOException {
    if (header.isEmpty() || isAtEnd()) {
      return false;
    }
    return markFollows(header.get().salt()) || (recordFollows() && !hasHole());
  }

  private boolean markFollows(int salt) throws IOException {
    for (long at = offset + 1; window.has(at, Mark.BYTES); at++) {
      if (Mark.isLikely(window.bytes(), window.index(at), salt, (int) at) && isWhole(at)) {
        return true;
      }
    }
    return false;
  }

  private boolean recordFollows() throws IOException {
    if (!window.has(offset, Layout.RECORD_BYTES)) {
      return false;
    }
    int claimed = window.bytes().getInt(window.index(offset));
    return claimed >= 0 && isWhole(offset + Layout.RECORD_BYTES + claimed);
  }

  private boolean hasHole() throws IOException {
    int claimed = window.bytes().getInt(window.index(offset));
    int count = Layout.RECORD_BYTES + claimed;
    return window.has(offset, count)
        && Hole.isIn(window.bytes(), window.index(offset), count, Hole.SECTOR_BYTES);
  }

  private boolean isWhole(long at) throws IOException {
    if (!window.has(at, Layout.RECORD_BYTES)) {
      return false;
    }
    int claimed = window.bytes().getInt(window.index(at));
    if (claimed < 0
        || claimed > window.size() - at - Layout.RECORD_BYTES
        || !window.has(at, Layout.RECORD_BYTES + claimed)) {
      return false;
    }
    ByteBuffer bytes = window.bytes();
    int index = window.index(at);
    int limit = bytes.limit();
    boolean sound =
        bytes.getInt(index + Layout.CHECKSUM) == Layout.checksum(crc, bytes, index, claimed);
    bytes.limit(limit);
    return sound;
  }

  JournalDamageException damage(String what) {
    return new JournalDamageException(file, number, offset, what);
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
