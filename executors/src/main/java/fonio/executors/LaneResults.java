package fonio.executors;

import fonio.transport.NoSpaceException;
import fonio.transport.Segments;
import fonio.wire.ByteQueue;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Length;
import fonio.wire.Limits;
import fonio.wire.MalformedFrameException;
import fonio.wire.SegmentReference;
import fonio.wire.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of managers, told as those of a pool in this process are.
 *
 * <p>What a pool tells by a call of its own, a manager tells by a frame of one such status.
 * Payloads that are too large for a frame on this machine go into segments.
 */
final class LaneResults {
  private final Outcomes outcomes;
  private final Segments segments;
  private final ByteQueue queue = new ByteQueue();
  private final FrameWriter writer = new FrameWriter(queue);
  private final FrameView local = new FrameView();

  LaneResults(Outcomes outcomes, Segments segments) {
    this.outcomes = outcomes;
    this.segments = segments;
  }

  void take(FrameView frame, long[] tasks, int[] attempts) {
    int special = special(frame);
    if (special == Status.OK) {
      outcomes.results(hasLarge(frame) ? localized(frame) : frame, tasks, attempts, 0);
      return;
    }
    List<Fault> faults = faults(frame, special);
    for (int i = 0; i < frame.count(); i++) {
      switch (special) {
        case Status.LOST -> outcomes.lost(tasks[i], attempts[i], faults.get(i));
        case Status.FAULT -> outcomes.failed(tasks[i], attempts[i], faults.get(i));
        default -> outcomes.killed(tasks[i], attempts[i]);
      }
    }
  }

  /** The faults of a frame of one such status; it is read whole before any task is told of. */
  private static List<Fault> faults(FrameView frame, int special) {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < frame.count(); i++) {
      if (frame.status(i) != special) {
        throw new MalformedFrameException(
            frame.kind(),
            0,
            "%s stands beside %s in one frame"
                .formatted(Status.name(special), Status.name(frame.status(i))));
      }
      if (special != Status.CANCELLED) {
        faults.add(Fault.decode(frame.array(), frame.payloadOffset(i), frame.length(i)));
      }
    }
    return faults;
  }

  /** The status of the frame's results if it is none that a worker gives; else OK. */
  private static int special(FrameView frame) {
    for (int i = 0; i < frame.count(); i++) {
      int status = frame.status(i);
      if (status == Status.LOST || status == Status.CANCELLED || status == Status.FAULT) {
        return status;
      }
    }
    return Status.OK;
  }

  private static boolean hasLarge(FrameView frame) {
    if (frame.blobLength() <= Limits.MAX_INLINE_BYTES) {
      return false;
    }
    for (int i = 0; i < frame.count(); i++) {
      if (frame.length(i) > Limits.MAX_INLINE_BYTES) {
        return true;
      }
    }
    return false;
  }

  /** The frame with its large payloads in segments of this machine. */
  private FrameView localized(FrameView frame) {
    int count = frame.count();
    long[] ids = new long[count];
    int[] lengths = new int[count];
    byte[] statuses = new byte[count];
    @Nullable SegmentReference[] references = new SegmentReference[count];
    for (int i = 0; i < count; i++) {
      ids[i] = frame.task(i);
      statuses[i] = (byte) frame.status(i);
      references[i] = stored(frame, i);
      lengths[i] = references[i] == null ? frame.length(i) : Length.SEGMENT;
    }
    queue.clear();
    writer
        .begin(Kind.RESULTS, frame.classId(), count, (int) ids[0])
        .ids(ids, 0, 0)
        .lengths(lengths, 0)
        .statuses(statuses, 0);
    if (frame.ranNanos() >= 0) {
      writer.ranNanos(frame.ranNanos());
    }
    for (int i = 0; i < count; i++) {
      SegmentReference reference = references[i];
      if (reference == null) {
        writer.payload(frame.array(), frame.payloadOffset(i), lengths[i]);
      } else {
        writer.payload(reference);
      }
    }
    writer.end();
    local.next(queue);
    return local;
  }

  /**
   * The payload in a segment; null where it is small, or there is no room: then it stays as it is.
   */
  private @Nullable SegmentReference stored(FrameView frame, int i) {
    if (frame.length(i) <= Limits.MAX_INLINE_BYTES) {
      return null;
    }
    try {
      return segments.store(frame.array(), frame.payloadOffset(i), frame.length(i));
    } catch (NoSpaceException full) {
      return null;
    }
  }
}
