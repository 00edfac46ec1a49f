package fonio.engine;

import fonio.wire.Flag;
import fonio.wire.FrameView;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes batches of SUBMIT frames: copies what must outlive the frame. */
final class Batches {
  private Batches() {}

  /** The batch of a frame of which no task is pending yet. */
  static Batch none(FrameView frame) {
    Batch batch = of(frame);
    batch.live = 0;
    return batch;
  }

  static Batch of(FrameView frame) {
    byte[] blob = Arrays.copyOfRange(frame.array(), frame.blobOffset(), frame.end());
    byte[] keys =
        frame.extensionLength() == 0
            ? null
            : Arrays.copyOfRange(
                frame.array(),
                frame.extensionOffset(),
                frame.extensionOffset() + frame.extensionLength());
    long first = Integer.toUnsignedLong(frame.first());
    return new Batch(
        first, frame.count(), blob, lengths(frame), parentStarts(frame), parents(frame), keys);
  }

  private static int @Nullable [] lengths(FrameView frame) {
    if (!frame.has(Flag.LENGTHS)) {
      return null;
    }
    int[] lengths = new int[frame.count()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = frame.rawLength(i);
    }
    return lengths;
  }

  private static int @Nullable [] parentStarts(FrameView frame) {
    if (!frame.has(Flag.DEPENDENCIES)) {
      return null;
    }
    int[] starts = new int[frame.count() + 1];
    for (int i = 0; i < frame.count(); i++) {
      starts[i] = frame.firstParent(i);
    }
    starts[frame.count()] = frame.parentTotal();
    return starts;
  }

  private static long @Nullable [] parents(FrameView frame) {
    if (!frame.has(Flag.DEPENDENCIES)) {
      return null;
    }
    long[] parents = new long[frame.parentTotal()];
    for (int j = 0; j < parents.length; j++) {
      parents[j] = frame.parent(j);
    }
    return parents;
  }
}
