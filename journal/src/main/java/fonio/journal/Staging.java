package fonio.journal;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The records that are appended and not yet durable: a queue of chunks between two threads. */
final class Staging {
  /*
   * Concurrency: `tail`, `stagedBytes` and `mine` belong to the thread that appends; `head`, `cursor` and what counts from them to the
   * thread that writes. A record is handed over by the store to `filled` of its chunk, and a chunk with its first record. Bytes stay until they are released,
   * which is when they are durable: a group that failed is taken again from the same place. Chunks go back through `free`, a stack that
   * is pushed by one thread and emptied as a whole by the other.
   */
  private final AtomicReference<@Nullable Chunk> free = new AtomicReference<>();
  private final CRC32C crc = new CRC32C();

  private Chunk tail = Chunk.usual();
  private @Nullable Chunk mine;
  private long stagedBytes;

  private Chunk head = tail;
  private int headFrom;
  private Chunk cursor = tail;
  private int cursorFrom;
  private long takenBytes;
  private int takenRecords;
  private long doneBytes;
  private volatile long releasedBytes;

  /** Copies a record; the thread that writes sees it from now on. */
  void put(int kind, byte[] bytes, int from, int length) {
    int needed = Layout.RECORD_BYTES + length;
    Chunk chunk = tail;
    int at = chunk.filled;
    if (needed > chunk.in.capacity() - at) {
      chunk = needed > Chunk.USUAL_BYTES ? Chunk.large(needed) : fresh();
      at = 0;
    }
    ByteBuffer in = chunk.in;
    in.putInt(at + Layout.LENGTH, length);
    in.put(at + Layout.KIND, (byte) kind);
    in.put(at + Layout.RECORD_BYTES, bytes, from, length);
    stagedBytes += needed;
    chunk.filled = at + needed;
    if (chunk != tail) {
      tail.next = chunk;
      tail = chunk;
    }
  }

  private Chunk fresh() {
    Chunk chunk = mine != null ? mine : free.getAndSet(null);
    if (chunk == null) {
      return Chunk.usual();
    }
    mine = chunk.below;
    chunk.below = null;
    return chunk;
  }

  /** How many bytes are not yet durable; for the thread that appends. */
  long waitingBytes() {
    return stagedBytes - releasedBytes;
  }

  /** Whether all that is staged is durable; for the thread that writes. */
  boolean isEmpty() {
    return headFrom == head.filled && head.next == null;
  }

  /** Takes again from the first byte that is not durable. */
  void rewind() {
    cursor = head;
    cursorFrom = headFrom;
    takenBytes = 0;
    takenRecords = 0;
  }

  /**
   * Takes the next whole records, as many as stand side by side and have room.
   *
   * @return their bytes, with checksums; null when there is none or the next has no room
   */
  @Nullable ByteBuffer take(int room) {
    advance();
    ByteBuffer out = cursor.out.clear();
    int filled = cursor.filled;
    int at = cursorFrom;
    while (at < filled) {
      int length = out.getInt(at + Layout.LENGTH);
      int end = at + Layout.RECORD_BYTES + length;
      if (end - cursorFrom > room) {
        break;
      }
      out.putInt(at + Layout.CHECKSUM, Layout.checksum(crc, out, at, length));
      out.clear();
      takenRecords++;
      at = end;
    }
    if (at == cursorFrom) {
      return null;
    }
    out.limit(at).position(cursorFrom);
    takenBytes += at - cursorFrom;
    cursorFrom = at;
    return out;
  }

  private void advance() {
    Chunk next = cursor.next;
    if (next != null && cursorFrom == cursor.filled) {
      cursor = next;
      cursorFrom = 0;
    }
  }

  /** How many records were taken since {@link #rewind}. */
  int takenRecords() {
    return takenRecords;
  }

  /** Lets go of all that was taken. */
  void release() {
    advance();
    while (head != cursor) {
      Chunk done = head;
      head = next(done);
      recycle(done);
    }
    headFrom = cursorFrom;
    doneBytes += takenBytes;
    releasedBytes = doneBytes;
    rewind();
  }

  private static Chunk next(Chunk chunk) {
    Chunk next = chunk.next;
    if (next == null) {
      throw new IllegalStateException("a chunk before the cursor has none after it");
    }
    return next;
  }

  private void recycle(Chunk chunk) {
    if (!chunk.isUsual()) {
      return;
    }
    chunk.filled = 0;
    chunk.next = null;
    chunk.out.clear();
    do {
      chunk.below = free.get();
    } while (!free.compareAndSet(chunk.below, chunk));
  }
}
