package fonio.worker;

import fonio.transport.NoSpaceException;
import fonio.wire.ByteQueue;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Length;
import fonio.wire.Status;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The results of tasks on their way: sent with the last one of a frame, or when they get late. */
final class Results {
  private static final byte[] NOTHING = {};
  private static final long HOLD_NANOS = 1_000_000;
  private static final int MOST_BYTES = 1 << 20;

  private final FrameWriter writer;
  private final Runnable send;
  private final LargeValues large;
  private long[] tasks = new long[256];
  private int[] lengths = new int[256];
  private byte[] statuses = new byte[256];
  private byte[][] payloads = new byte[256][];
  private int count;
  private long bytes;
  private long beganNanos;

  Results(ByteQueue out, Runnable send, LargeValues large) {
    this.writer = new FrameWriter(out);
    this.send = send;
    this.large = large;
  }

  void begin() {
    beganNanos = System.nanoTime();
  }

  void skip(long task) {
    add(task, Status.SKIPPED, NOTHING);
  }

  /**
   * Adds a result, in a segment if it is large; one for which there is no room becomes an error of
   * its task.
   *
   * @return whether it was added as it is
   */
  boolean add(long task, int status, byte[] payload) {
    if (payload.length <= LargeValues.INLINE_BYTES) {
      add(task, status, payload, payload.length, payload.length);
      return true;
    }
    try {
      add(task, status, large.store(payload), Length.SEGMENT, payload.length);
      return true;
    } catch (NoSpaceException | UncheckedIOException e) {
      byte[] error = Errors.encode(e);
      add(task, Status.ERROR, error, error.length, error.length);
      return false;
    }
  }

  private void add(long task, int status, byte[] payload, int length, int weight) {
    if (count == tasks.length) {
      tasks = Arrays.copyOf(tasks, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
      statuses = Arrays.copyOf(statuses, 2 * count);
      payloads = Arrays.copyOf(payloads, 2 * count);
    }
    tasks[count] = task;
    lengths[count] = length;
    statuses[count] = (byte) status;
    payloads[count++] = payload;
    bytes += weight;
    if (bytes > MOST_BYTES || System.nanoTime() - beganNanos > HOLD_NANOS) {
      flush();
    }
  }

  /** Sends what there is. */
  void flush() {
    if (count == 0) {
      return;
    }
    long now = System.nanoTime();
    writer
        .begin(Kind.RESULTS, 0, count, 0)
        .ids(tasks, 0, 0)
        .lengths(lengths, 0)
        .statuses(statuses, 0)
        .ranNanos(now - beganNanos);
    for (int i = 0; i < count; i++) {
      writer.payload(payloads[i], 0, payloads[i].length);
      payloads[i] = NOTHING;
    }
    writer.end();
    count = 0;
    bytes = 0;
    beganNanos = now;
    send.run();
  }
}
