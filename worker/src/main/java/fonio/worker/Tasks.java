package fonio.worker;

import fonio.api.spi.Body;
import fonio.transport.RingFile;
import fonio.wire.FrameView;
import fonio.wire.Length;
import fonio.wire.Status;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of frames, and numbers them as the engine does.
 *
 * <p>Before a call its number is stored; then the worker looks whether that number was taken back.
 */
final class Tasks {
  private static final @Nullable Object[] NONE = {};

  private final RingFile words;
  private final Functions functions;
  private final Results results;
  private final LargeValues large;
  private @Nullable Object[] values = new Object[256];
  private boolean[] good = new boolean[256];
  private long number;

  Tasks(RingFile words, Functions functions, Results results, LargeValues large) {
    this.words = words;
    this.functions = functions;
    this.results = results;
    this.large = large;
  }

  void run(FrameView frame) {
    int count = frame.count();
    boolean mayBeParents = frame.parentTotal() > 0;
    if (mayBeParents && values.length < count) {
      values = new Object[count];
      good = new boolean[count];
    }
    results.begin();
    for (int i = 0; i < count; i++) {
      words.running(++number);
      boolean ended = false;
      Object value = null;
      if (words.isRecalled(number) || lacksParent(frame, i)) {
        results.skip(frame.task(i));
      } else {
        try {
          value = call(functions.of(frame.classId()), frame, i);
          ended = results.add(frame.task(i), Status.OK, Values.encode(value));
        } catch (Throwable thrown) {
          results.add(frame.task(i), Status.ERROR, Errors.encode(thrown));
        }
      }
      if (mayBeParents) {
        values[i] = value;
        good[i] = ended;
      }
    }
    results.flush();
    if (mayBeParents) {
      java.util.Arrays.fill(values, 0, count, null);
    }
  }

  private @Nullable Object call(Body body, FrameView frame, int i) throws Exception {
    int parents = frame.parentCount(i);
    if (parents == 0 && frame.length(i) == 0) {
      return body.run(NONE);
    }
    @Nullable Object[] spliced = parents == 0 ? NONE : new Object[parents];
    for (int p = 0; p < parents; p++) {
      spliced[p] = parent(frame, i, frame.firstParent(i) + p);
    }
    if (frame.isSegment(i)) {
      byte[] bytes = large.load(frame.array(), frame.payloadOffset(i));
      return body.run(Arguments.decode(bytes, 0, bytes.length, spliced));
    }
    return body.run(
        Arguments.decode(frame.array(), frame.payloadOffset(i), frame.length(i), spliced));
  }

  private @Nullable Object parent(FrameView frame, int i, int at)
      throws IOException, ClassNotFoundException {
    int length = frame.rawParentLength(at);
    if (Length.isLocal(length)) {
      return values[indexOf(frame, i, frame.parent(at))];
    }
    if (Length.isSegment(length)) {
      byte[] bytes = large.load(frame.array(), frame.parentPayloadOffset(at));
      return Values.decode(bytes, 0, bytes.length);
    }
    return Values.decode(frame.array(), frame.parentPayloadOffset(at), frame.parentLength(at));
  }

  private boolean lacksParent(FrameView frame, int i) {
    for (int p = 0; p < frame.parentCount(i); p++) {
      int at = frame.firstParent(i) + p;
      if (Length.isLocal(frame.rawParentLength(at)) && !good[indexOf(frame, i, frame.parent(at))]) {
        return true;
      }
    }
    return false;
  }

  private static int indexOf(FrameView frame, int before, long task) {
    for (int i = before - 1; i >= 0; i--) {
      if (frame.task(i) == task) {
        return i;
      }
    }
    throw new IllegalStateException("task " + task + " is no earlier one of its frame");
  }
}
