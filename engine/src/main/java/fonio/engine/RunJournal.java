package fonio.engine;

import fonio.journal.RecordSink;
import fonio.journal.TaskLog;
import fonio.wire.FrameView;
import fonio.wire.Kind;
import java.util.ArrayDeque;
import java.util.Arrays;

/** What a durable run writes down: what its client sent, what ended, what the client has. */
final class RunJournal {
  /*
   * Each frame of the client that changes the run becomes one record, in the order in which they came; so the number of those records is
   * the number of frames that need not be sent again. `marks` holds, for frames whose record is not yet durable, their count and position.
   */
  /** What is known of the disk that the journal is on. */
  interface Disk {
    /** The last position up to which all is on disk. */
    long durable();

    /** Why nothing becomes durable at this time; empty when that is not so. */
    String failure();

    /** Whether so much waits for it that nothing more may be accepted. */
    boolean isFull();
  }

  private record Mark(long frames, long position) {}

  private final TaskLog log;
  private final Disk disk;
  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private long frames;
  private long framesOnDisk;
  private long position;

  /**
   * A journal that is written on.
   *
   * @param disk how far what is written down has come
   * @param frames how many frames of the client it has already
   */
  RunJournal(RecordSink sink, Disk disk, long frames) {
    this.log = new TaskLog(sink);
    this.disk = disk;
    this.frames = frames;
    this.framesOnDisk = frames;
    this.position = disk.durable();
  }

  /** Whether a frame of the client changes what has to be known after the engine's death. */
  static boolean takes(int kind) {
    return switch (kind) {
      case Kind.FUNCTION,
          Kind.CLASS,
          Kind.SHARE,
          Kind.UNSHARE,
          Kind.SUBMIT,
          Kind.RESULTS,
          Kind.ELEMENTS ->
          true;
      default -> false;
    };
  }

  /** The client has sent a frame that was obeyed. */
  void sent(FrameView frame) {
    if (!takes(frame.kind())) {
      return;
    }
    position = append(frame, frame.array(), frame.start(), frame.size());
    frames++;
    marks.addLast(new Mark(frames, position));
  }

  private long append(FrameView frame, byte[] bytes, int from, int length) {
    return switch (frame.kind()) {
      case Kind.SUBMIT ->
          log.accepted(
              Integer.toUnsignedLong(frame.first()),
              frame.count(),
              parents(frame),
              bytes,
              from,
              length);
      case Kind.RESULTS -> log.given(tasks(frame), statuses(frame), bytes, from, length);
      case Kind.ELEMENTS -> log.noted(bytes, from, length);
      default -> log.definition(bytes, from, length);
    };
  }

  /** Tasks have ended; the position from which on the client may be told. */
  long ended(FrameView results) {
    position =
        log.ended(
            tasks(results), statuses(results), results.array(), results.start(), results.size());
    return position;
  }

  /** The client has the results of these tasks. */
  void acknowledged(int[] ids) {
    position = log.acknowledged(Arrays.stream(ids).mapToLong(Integer::toUnsignedLong).toArray());
  }

  /** Equal calls are to share a result. */
  void remembered(byte[] key, int status, byte[] payload) {
    position = log.remembered(key, status, payload);
  }

  /** The run is ended in order; what has not ended is dropped. */
  void closed() {
    position = log.closed();
  }

  /** The position of the last record. */
  long position() {
    return position;
  }

  /** The last position up to which all is on disk. */
  long durable() {
    return disk.durable();
  }

  /** Whether so much waits for the disk that nothing more may be accepted. */
  boolean isFull() {
    return disk.isFull();
  }

  /** Why nothing becomes durable at this time; empty when that is not so. */
  String failure() {
    return disk.failure();
  }

  /** How many frames of the client, over the whole run, are on disk. */
  long framesOnDisk() {
    long until = disk.durable();
    for (Mark mark = marks.peekFirst();
        mark != null && mark.position() <= until;
        mark = marks.peekFirst()) {
      framesOnDisk = mark.frames();
      marks.removeFirst();
    }
    return framesOnDisk;
  }

  private static long[] tasks(FrameView frame) {
    long[] tasks = new long[frame.count()];
    frame.tasks(0, tasks, 0);
    return tasks;
  }

  private static byte[] statuses(FrameView frame) {
    byte[] statuses = new byte[frame.count()];
    for (int i = 0; i < statuses.length; i++) {
      statuses[i] = (byte) frame.status(i);
    }
    return statuses;
  }

  private static long[] parents(FrameView frame) {
    long[] all = new long[frame.parentTotal()];
    for (int j = 0; j < all.length; j++) {
      all[j] = frame.parent(j);
    }
    return all.length < 2 ? all : Arrays.stream(all).sorted().distinct().toArray();
  }
}
