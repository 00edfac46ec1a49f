package fonio.manager;

import fonio.transport.Segments;
import fonio.wire.ByteQueue;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.LittleEndian;
import fonio.wire.SegmentReference;
import fonio.wire.Status;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What workers answer, made into frames for the interchange: results of their tasks, those in
 * segments with their bytes, as a segment cannot be read from another node.
 *
 * <p>Whatever becomes of a task is said here, so that what it used is let go of here.
 */
final class Results {
  private static final int MOST_BYTES = 4 << 20;

  /** What one result may have over the network. */
  static final long MOST_RESULT_BYTES = 200L << 20;

  private static final int KEPT = 1;
  private static final int CLASS_AT = 6;
  private static final byte[] NOTHING = {};

  private final Segments segments;
  private final Kept kept;
  private final Consumer<ByteQueue> send;
  private final ByteQueue queue = new ByteQueue();
  private final FrameWriter writer = new FrameWriter(queue);
  private long[] tasks = new long[64];
  private int[] attempts = new int[64];
  private int[] lengths = new int[64];
  private byte[] statuses = new byte[64];
  private int[] places = new int[64];

  Results(Segments segments, Kept kept, Consumer<ByteQueue> send) {
    this.segments = segments;
    this.kept = kept;
    this.send = send;
  }

  /** Sends the results of a worker, but those of tasks that were given back before. */
  void relay(FrameView frame, long[] ids, int[] under) {
    reserve(frame.count());
    int count = 0;
    long bytes = 0;
    for (int i = 0; i < frame.count(); i++) {
      if (under[i] < 0) {
        dropSegment(frame, i);
        continue;
      }
      kept.left(ids[i]);
      if (frame.isSegment(i)) {
        if (count > 0) {
          write(frame, count, count == frame.count() ? frame.ranNanos() : -1);
          count = 0;
          bytes = 0;
        }
        relaySegment(frame, i, ids[i], under[i]);
        continue;
      }
      if (bytes > MOST_BYTES) {
        write(frame, count, -1);
        count = 0;
        bytes = 0;
      }
      tasks[count] = ids[i];
      attempts[count] = under[i];
      lengths[count] = frame.length(i);
      statuses[count] = (byte) frame.status(i);
      places[count] = i;
      bytes += lengths[count];
      count++;
    }
    if (count > 0) {
      write(frame, count, frame.ranNanos());
    }
  }

  private void write(FrameView frame, int count, long ranNanos) {
    writer
        .begin(Kind.RESULTS, 0, count, (int) tasks[0])
        .ids(tasks, 0, 0)
        .lengths(lengths, 0)
        .attempts(attempts, 0)
        .statuses(statuses, 0);
    if (ranNanos >= 0) {
      writer.ranNanos(ranNanos);
    }
    for (int i = 0; i < count; i++) {
      if (lengths[i] > 0) {
        writer.payload(frame.array(), frame.payloadOffset(places[i]), lengths[i]);
      }
    }
    writer.end();
    send.accept(queue);
  }

  private void relaySegment(FrameView frame, int i, long task, int attempt) {
    SegmentReference reference = SegmentReference.decode(frame.array(), frame.payloadOffset(i));
    boolean stays = false;
    try (Arena arena = Arena.ofConfined()) {
      if (reference.bytes() > MOST_RESULT_BYTES) {
        fault(task, attempt, tooLarge(task, reference.bytes()));
        return;
      }
      MemorySegment bytes = segments.map(reference, arena);
      int length = (int) reference.bytes();
      stays = frame.status(i) == Status.OK && kept.keep(task, reference);
      begin(stays ? KEPT : 0, task, attempt, length, frame.status(i));
      writer.payload(bytes, 0, length).end();
      send.accept(queue);
    } catch (RuntimeException e) {
      fault(
          task,
          attempt,
          new Fault(
              "ResultLost", "the result of task " + task + " cannot be read: " + e, Map.of()));
    } finally {
      if (!stays) {
        segments.delete(reference.segment());
      }
    }
  }

  private static Fault tooLarge(long task, long bytes) {
    String message =
        "the result of task %d has %d MiB, over the network at most %d MiB travel; let the task write a file and return its path"
            .formatted(task, bytes >> 20, MOST_RESULT_BYTES >> 20);
    return new Fault("ResultTooLarge", message, Map.of("task", "" + task));
  }

  private void dropSegment(FrameView frame, int i) {
    if (frame.isSegment(i)) {
      segments.delete(SegmentReference.decode(frame.array(), frame.payloadOffset(i)).segment());
    }
  }

  /** Makes frames of results that are sent again say that nothing is kept. */
  static void unkeep(byte[] frame) {
    LittleEndian.putShort(frame, CLASS_AT, 0);
  }

  /** Sends how a task ended that has no result. */
  void ended(long task, int attempt, int status) {
    kept.left(task);
    begin(0, task, attempt, 0, status);
    writer.payload(NOTHING, 0, 0).end();
    send.accept(queue);
  }

  /** Sends that a task ended by a fault of its worker or its walltime. */
  void fault(long task, int attempt, Fault fault) {
    faulty(task, attempt, Status.FAULT, fault);
  }

  /** Sends that the worker of a task died while it ran. */
  void lost(long task, int attempt, Fault fault) {
    faulty(task, attempt, Status.LOST, fault);
  }

  private void faulty(long task, int attempt, int status, Fault fault) {
    kept.left(task);
    byte[] bytes = fault.encode();
    begin(0, task, attempt, bytes.length, status);
    writer.payload(bytes, 0, bytes.length).end();
    send.accept(queue);
  }

  private void begin(int stays, long task, int attempt, int length, int status) {
    reserve(1);
    tasks[0] = task;
    attempts[0] = attempt;
    lengths[0] = length;
    statuses[0] = (byte) status;
    writer
        .begin(Kind.RESULTS, stays, 1, (int) task)
        .lengths(lengths, 0)
        .attempts(attempts, 0)
        .statuses(statuses, 0);
  }

  private void reserve(int count) {
    if (count > tasks.length) {
      int size = Math.max(count, 2 * tasks.length);
      tasks = new long[size];
      attempts = new int[size];
      lengths = new int[size];
      statuses = new byte[size];
      places = new int[size];
    }
  }
}
