package fonio.engine;

import fonio.kernel.Census;
import fonio.kernel.Kernel;
import fonio.kernel.TaskState;
import fonio.wire.ByteQueue;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Status;
import java.util.Map;

/** The tasks that only a client can go on with, once that is gone: they end, by a named error. */
final class Orphans {
  private final Dataflow dataflow;
  private final Kernel kernel;

  Orphans(Dataflow dataflow) {
    this.dataflow = dataflow;
    this.kernel = dataflow.kernel();
  }

  /**
   * Ends promises, and tasks whose failure the client was asked about, with that failure; how many.
   */
  int end() {
    int ended = 0;
    Census census = kernel.census();
    if (census.count(TaskState.PROMISED) + census.count(TaskState.ASKED) == 0) {
      return 0;
    }
    for (long task = 1; task <= kernel.lastTask(); task++) {
      switch (kernel.state(task)) {
        case PROMISED -> {
          abandon(task);
          ended++;
        }
        case ASKED -> {
          dataflow.retry(task, false);
          ended++;
        }
        default -> {}
      }
    }
    return ended;
  }

  private void abandon(long task) {
    byte[] text = fault(task).encode();
    ByteQueue queue = new ByteQueue();
    new FrameWriter(queue)
        .begin(Kind.RESULTS, 0, 1, (int) task)
        .lengths(new int[] {text.length}, 0)
        .statuses(new byte[] {Status.FAULT}, 0)
        .payload(text, 0, text.length)
        .end();
    FrameView frame = new FrameView();
    frame.next(queue);
    dataflow.fulfil(frame);
  }

  private Fault fault(long task) {
    return new Fault(
        "ClientGone",
        ("task %d was the client's to end (a join app, a task of a thread pool, or one that waits"
                + " for a future of another library), and that client is gone")
            .formatted(task),
        Map.of("task", "" + task));
  }
}
