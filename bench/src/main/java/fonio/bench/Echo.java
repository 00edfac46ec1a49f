package fonio.bench;

import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;

/** Answers TASKS frames with RESULTS frames: each task's result is its own argument. */
final class Echo {
  private int[] ids = new int[128];
  private int[] lengths = new int[128];
  private int[] attempts = new int[128];

  /** Writes the answer to a frame of tasks. */
  void answer(FrameView tasks, FrameWriter writer) {
    int count = tasks.count();
    if (count > ids.length) {
      ids = new int[count];
      lengths = new int[count];
      attempts = new int[count];
    }
    for (int i = 0; i < count; i++) {
      ids[i] = (int) tasks.task(i);
      lengths[i] = tasks.rawLength(i);
      attempts[i] = tasks.attempt(i);
    }
    writer
        .begin(Kind.RESULTS, 0, count, 0)
        .ids(ids, 0)
        .lengths(lengths, 0)
        .attempts(attempts, 0)
        .ranNanos(count)
        .payload(tasks.array(), tasks.blobOffset(), tasks.blobLength())
        .end();
  }
}
