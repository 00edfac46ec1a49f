package fonio.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes what happens to the tasks of a durable run; each call returns the record's position. */
public final class TaskLog {
  private static final int FIRST_BYTES = 64 * 1024;

  private final RecordSink sink;
  private ByteBuffer scratch = buffer(FIRST_BYTES);

  /** A log that appends to a journal; for the thread that appends. */
  public TaskLog(RecordSink sink) {
    this.sink = sink;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Tasks are accepted: see {@link TaskRecord.Accepted}. */
  public long accepted(long first, int count, long[] parents, byte[] frame, int from, int length) {
    ByteBuffer to = room(12 + TaskIds.bytes(parents) + length);
    to.putLong(first).putInt(count);
    TaskIds.put(to, parents);
    return append(TaskRecord.ACCEPTED, to.put(frame, from, length));
  }

  /** A function, class or shared object is defined. */
  public long definition(byte[] frame, int from, int length) {
    return append(TaskRecord.DEFINITION, room(length).put(frame, from, length));
  }

  /** Tasks ended: see {@link TaskRecord.Ended}. */
  public long ended(long[] tasks, byte[] statuses, byte[] frame, int from, int length) {
    return results(TaskRecord.ENDED, tasks, statuses, frame, from, length);
  }

  /** The client ends tasks: see {@link TaskRecord.Given}. */
  public long given(long[] tasks, byte[] statuses, byte[] frame, int from, int length) {
    return results(TaskRecord.GIVEN, tasks, statuses, frame, from, length);
  }

  private long results(
      int kind, long[] tasks, byte[] statuses, byte[] frame, int from, int length) {
    if (statuses.length != tasks.length) {
      throw new IllegalArgumentException(
          statuses.length + " statuses for " + tasks.length + " tasks: give one for each");
    }
    ByteBuffer to = room(TaskIds.bytes(tasks) + statuses.length + length);
    TaskIds.put(to, tasks);
    return append(kind, to.put(statuses).put(frame, from, length));
  }

  /** The client has the results of these tasks, and has submitted all that names one as parent. */
  public long acknowledged(long[] tasks) {
    ByteBuffer to = room(TaskIds.bytes(tasks));
    TaskIds.put(to, tasks);
    return append(TaskRecord.ACKNOWLEDGED, to);
  }

  /** The client has told something: see {@link TaskRecord.Noted}. */
  public long noted(byte[] frame, int from, int length) {
    return append(TaskRecord.NOTED, room(length).put(frame, from, length));
  }

  /** Equal calls are to share a result: see {@link TaskRecord.Remembered}. */
  public long remembered(byte[] key, int status, byte[] payload) {
    if (key.length > 255) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes; the most is 255");
    }
    ByteBuffer to = room(2 + key.length + payload.length).put((byte) key.length).put(key);
    return append(TaskRecord.REMEMBERED, to.put((byte) status).put(payload));
  }

  /** The run is ended in order. */
  public long closed() {
    return append(TaskRecord.CLOSED, room(0));
  }

  private ByteBuffer room(int bytes) {
    if (scratch.capacity() < bytes) {
      scratch = buffer(Math.max(bytes, (int) Math.min(2L * scratch.capacity(), 1 << 30)));
    }
    return scratch.clear();
  }

  private long append(int kind, ByteBuffer record) {
    return sink.append(kind, record.array(), record.arrayOffset(), record.position());
  }
}
