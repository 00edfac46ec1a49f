package fonio.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One record of a durable run; frames are bytes that nobody here looks into. */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface TaskRecord {
  /**
   * Tasks were accepted.
   *
   * @param first the id of the first; the others follow it
   * @param parents the tasks whose results these need, each once
   * @param frame the SUBMIT frame
   */
  record Accepted(long first, int count, long[] parents, byte[] frame) implements TaskRecord {}

  /** Something that tasks refer to: a FUNCTION, CLASS or SHARE frame. */
  record Definition(byte[] frame) implements TaskRecord {}

  /**
   * Tasks ended.
   *
   * @param statuses one for each task
   * @param frame the RESULTS frame, with the results in the order of the tasks
   */
  record Ended(long[] tasks, byte[] statuses, byte[] frame) implements TaskRecord {}

  /** The client has the results of these tasks. */
  record Acknowledged(long[] tasks) implements TaskRecord {}

  /**
   * The client has ended tasks that are its own to end.
   *
   * @param statuses one for each task
   * @param frame the client's RESULTS frame
   */
  record Given(long[] tasks, byte[] statuses, byte[] frame) implements TaskRecord {}

  /** Something that the client has told and that no task hangs on: an ELEMENTS frame. */
  record Noted(byte[] frame) implements TaskRecord {}

  /**
   * The result of a call that equal calls are to share.
   *
   * @param key what makes calls equal
   */
  record Remembered(byte[] key, int status, byte[] payload) implements TaskRecord {}

  /** The run was ended in order: what has not ended by then is dropped. */
  record Closed() implements TaskRecord {}

  /** The kind of each record in the journal. */
  int ACCEPTED = 1;

  int DEFINITION = 2;
  int ENDED = 3;
  int ACKNOWLEDGED = 4;
  int GIVEN = 5;
  int NOTED = 6;
  int CLOSED = 7;
  int REMEMBERED = 8;

  /**
   * The record in these bytes.
   *
   * @throws IllegalArgumentException when they are none
   */
  static TaskRecord parse(int kind, ByteBuffer payload) {
    ByteBuffer from = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
    try {
      return switch (kind) {
        case ACCEPTED ->
            new Accepted(from.getLong(), from.getInt(), TaskIds.get(from), bytes(from, -1));
        case DEFINITION -> new Definition(bytes(from, -1));
        case ENDED -> ended(TaskIds.get(from), from);
        case GIVEN -> given(TaskIds.get(from), from);
        case ACKNOWLEDGED -> new Acknowledged(TaskIds.get(from));
        case NOTED -> new Noted(bytes(from, -1));
        case CLOSED -> new Closed();
        case REMEMBERED ->
            new Remembered(bytes(from, from.get() & 0xFF), from.get() & 0xFF, bytes(from, -1));
        default ->
            throw new IllegalArgumentException(
                "kind " + kind + " is no record of a run; a later version may have written it");
      };
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "a record of kind " + kind + " has only " + payload.remaining() + " bytes", e);
    }
  }

  private static Ended ended(long[] tasks, ByteBuffer from) {
    return new Ended(tasks, bytes(from, tasks.length), bytes(from, -1));
  }

  private static Given given(long[] tasks, ByteBuffer from) {
    return new Given(tasks, bytes(from, tasks.length), bytes(from, -1));
  }

  private static byte[] bytes(ByteBuffer from, int count) {
    byte[] bytes = new byte[count < 0 ? from.remaining() : count];
    from.get(bytes);
    return bytes;
  }
}
