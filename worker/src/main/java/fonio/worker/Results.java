package fonio.worker;

import fonio.wire.ByteQueue;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Status;
import java.util.Arrays;

/** The results of tasks on their way: sent with the last one of a frame, or when they get late. */
final class Results {
  private static final byte[] NOTHING = {};
  private static final long HOLD_NANOS = 1_000_000;
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_TASK_BYTES = 128 << 20;

  private final FrameWriter writer;
  private final Runnable send;
  private long[] tasks = new long[256];
  private int[] lengths = new int[256];
  private byte[] statuses = new byte[256];
  private byte[][] payloads = new byte[256][];
  private int count;
  private int bytes;
  private long beganNanos;

  Results(ByteQueue out, Runnable send) {
    this.writer = new FrameWriter(out);
    this.send = send;
  }

  void begin() {
    beganNanos = System.nanoTime();
  }

  void skip(long task) {
    add(task, Status.SKIPPED, NOTHING);
  }

  void add(long task, int status, byte[] payload) {
    if (payload.length > MOST_TASK_BYTES) {
      String why =
          "the result of task %d has %d MiB; the most is %d: write it to a file and return its name"
              .formatted(task, payload.length >> 20, MOST_TASK_BYTES >> 20);
      add(task, Status.ERROR, Errors.encode(new IllegalStateException(why)));
      return;
    }
    if (count == tasks.length) {
      tasks = Arrays.copyOf(tasks, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
      statuses = Arrays.copyOf(statuses, 2 * count);
      payloads = Arrays.copyOf(payloads, 2 * count);
    }
    tasks[count] = task;
    lengths[count] = payload.length;
    statuses[count] = (byte) status;
    payloads[count++] = payload;
    bytes += payload.length;
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
      writer.payload(payloads[i], 0, lengths[i]);
      payloads[i] = NOTHING;
    }
    writer.end();
    count = 0;
    bytes = 0;
    beganNanos = now;
    send.run();
  }
}
