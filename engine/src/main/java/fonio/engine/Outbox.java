package fonio.engine;

import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Length;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * Results on their way to the client: gathered into frames, and remembered by id until the client
 * has acknowledged them.
 *
 * <p>While much is outstanding, results are held back for up to {@code holdNanos}, since each frame
 * wakes the client on a core that the workers need.
 */
final class Outbox {
  private static final int MOST_IN_FRAME = 4096;
  private static final int MOST_BYTES = 1 << 20;

  private final long holdNanos;
  private int[] ids = new int[MOST_IN_FRAME];
  private int[] lengths = new int[MOST_IN_FRAME];
  private byte[] statuses = new byte[MOST_IN_FRAME];
  private byte[] blob = new byte[1 << 16];
  private int count;
  private int blobBytes;
  private long heldSinceNanos;
  private final ArrayDeque<int[]> sent = new ArrayDeque<>();

  Outbox(long holdNanos) {
    this.holdNanos = holdNanos;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Whether the client has acknowledged all. */
  boolean isDone() {
    return count == 0 && sent.isEmpty();
  }

  boolean isFull() {
    return count == MOST_IN_FRAME || blobBytes >= MOST_BYTES;
  }

  void add(long task, Result result, long nowNanos) {
    add(task, result.status, result.lengthColumn, result.bytes, result.offset, nowNanos);
  }

  void add(long task, int status, int lengthColumn, byte[] bytes, int offset, long nowNanos) {
    if (count == 0) {
      heldSinceNanos = nowNanos;
    }
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
      statuses = Arrays.copyOf(statuses, count * 2);
    }
    int length = Length.bytes(lengthColumn);
    if (blob.length - blobBytes < length) {
      blob = Arrays.copyOf(blob, Math.max(blob.length * 2, blobBytes + length));
    }
    ids[count] = (int) task;
    lengths[count] = lengthColumn;
    statuses[count] = (byte) status;
    System.arraycopy(bytes, offset, blob, blobBytes, length);
    blobBytes += length;
    count++;
  }

  /**
   * Whether the results must go now.
   *
   * @param busy more tasks are outstanding than a frame is worth
   */
  boolean isDue(boolean busy, long nowNanos) {
    return count > 0 && (!busy || isFull() || nowNanos - heldSinceNanos >= holdNanos);
  }

  /** Nanoseconds until what is held becomes due, {@code otherwise} when nothing is held. */
  long dueInNanos(long nowNanos, long otherwise) {
    return count == 0 ? otherwise : Math.max(0, holdNanos - (nowNanos - heldSinceNanos));
  }

  /** Writes all that is gathered as RESULTS frames. */
  void flush(FrameWriter writer) {
    int at = 0;
    int from = 0;
    while (from < count) {
      int n = Math.min(MOST_IN_FRAME, count - from);
      int bytes = 0;
      for (int i = from; i < from + n; i++) {
        bytes += Length.bytes(lengths[i]);
      }
      writer
          .begin(Kind.RESULTS, 0, n, ids[from])
          .ids(ids, from)
          .lengths(lengths, from)
          .statuses(statuses, from)
          .payload(blob, at, bytes)
          .end();
      sent.add(Arrays.copyOfRange(ids, from, from + n));
      at += bytes;
      from += n;
    }
    count = 0;
    blobBytes = 0;
    if (blob.length > 4 * MOST_BYTES) {
      blob = new byte[1 << 16];
    }
  }

  /** Forgets what was sent, as whoever got it is gone; the ids of what was not acknowledged. */
  List<int[]> takeBack() {
    List<int[]> all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  /** The ids of the oldest RESULTS frame that is not acknowledged. */
  int[] acknowledged() {
    int[] oldest = sent.poll();
    if (oldest == null) {
      throw new IllegalArgumentException("the client acknowledges a frame that was not sent");
    }
    return oldest;
  }
}
