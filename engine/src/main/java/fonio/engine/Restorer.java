package fonio.engine;

import fonio.journal.RunState;
import fonio.kernel.Ending;
import fonio.kernel.Kernel;
import fonio.kernel.TaskClass;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.SegmentReference;
import fonio.wire.Status;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/** Puts the tasks of a journal back into an engine that has just started. */
final class Restorer {
  /*
   * The kernel takes tasks in the order of their ids, none left out. So a task that has ended is submitted as a promise of class FORMER and
   * ended at once, of which nobody is told; one of which nobody asks any more is released at once too. Pending ones are submitted as they were.
   * Results that the client has are released when all is back, unless a pending task holds them.
   */

  /** The class of tasks that had ended before; clients give none of this number. */
  static final int FORMER = 0;

  private static final int MOST_AT_ONCE = 4096;

  private final Dataflow dataflow;
  private final Kernel kernel;
  private final TaskTable table;
  private final Holdings holdings;
  private final LongPredicate hasSegment;
  private final IdentityHashMap<byte[], FrameView> views = new IdentityHashMap<>();
  private final IdentityHashMap<byte[], Batch> batches = new IdentityHashMap<>();
  private final IdentityHashMap<byte[], Integer> slots = new IdentityHashMap<>();
  private final Result result = new Result();
  private long next = 1;

  /**
   * @param hasSegment whether the file of a large payload is there
   */
  Restorer(Dataflow dataflow, TaskTable table, Holdings holdings, LongPredicate hasSegment) {
    this.dataflow = dataflow;
    this.kernel = dataflow.kernel();
    this.table = table;
    this.holdings = holdings;
    this.hasSegment = hasSegment;
  }

  /** Restores all tasks; what they refer to is defined already. */
  void restore(RunState state) {
    kernel.define(FORMER, TaskClass.ofPromises());
    List<RunState.Pending> pending = new ArrayList<>();
    List<RunState.Result> unread = new ArrayList<>();
    List<RunState.Result> needed = new ArrayList<>();
    state.pending(pending::add);
    state.unacknowledged(unread::add);
    state.needed(needed::add);
    int p = 0;
    int u = 0;
    int n = 0;
    while (p < pending.size() || u < unread.size() || n < needed.size()) {
      long ofPending = p < pending.size() ? pending.get(p).task() : Long.MAX_VALUE;
      long ofUnread = u < unread.size() ? unread.get(u).task() : Long.MAX_VALUE;
      long ofNeeded = n < needed.size() ? needed.get(n).task() : Long.MAX_VALUE;
      long task = Math.min(ofPending, Math.min(ofUnread, ofNeeded));
      skipTo(task);
      if (task == ofPending) {
        restore(pending.get(p++), state.isClosed());
      } else if (task == ofUnread) {
        restore(unread.get(u++));
        dataflow.openResults().send(task);
      } else {
        restore(needed.get(n++));
      }
      next = task + 1;
    }
    skipTo(state.lastTask() + 1);
    needed.forEach(result -> holdings.acknowledged(result.task()));
  }

  /** Passes over tasks of which nobody asks any more. */
  private void skipTo(long task) {
    while (next < task) {
      int count = (int) Math.min(MOST_AT_ONCE, task - next);
      kernel.submit(next, count, FORMER);
      for (long gone = next; gone < next + count; gone++) {
        kernel.fulfil(gone, Ending.SUCCEEDED);
        kernel.release(gone);
      }
      next += count;
    }
  }

  private void restore(RunState.Pending pending, boolean closed) {
    FrameView frame = view(pending.frame());
    int index = pending.index();
    long task = pending.task();
    if (closed) {
      result.set(task, Status.CANCELLED, Result.NOTHING);
      former(task, Ending.CANCELLED);
      dataflow.openResults().send(task);
    } else if (isGone(frame, index)) {
      result.set(task, Status.FAULT, gone(task, "arguments").encode());
      former(task, Ending.FAILED);
      dataflow.openResults().send(task);
    } else {
      Batch batch = batches.computeIfAbsent(pending.frame(), bytes -> Batches.none(frame));
      batch.live++;
      if (batch.hasContent()) {
        table.place(task, slots.computeIfAbsent(pending.frame(), bytes -> table.add(batch)));
      }
      dataflow.submitOne(frame, batch, task, index);
    }
  }

  private void restore(RunState.Result ended) {
    FrameView frame = view(ended.frame());
    long task = ended.task();
    if (isGone(frame, ended.index())) {
      result.set(task, Status.FAULT, gone(task, "result").encode());
      former(task, Ending.FAILED);
      return;
    }
    result.set(task, frame, ended.index(), 0, ended.frame());
    result.offset = frame.payloadOffset(ended.index());
    former(
        task,
        switch (ended.status()) {
          case Status.OK -> Ending.SUCCEEDED;
          case Status.CANCELLED -> Ending.CANCELLED;
          default -> Ending.FAILED;
        });
  }

  private void former(long task, Ending how) {
    kernel.submit(task, 1, FORMER);
    holdings.hold(task, result);
    kernel.fulfil(task, how);
  }

  private boolean isGone(FrameView frame, int index) {
    return frame.isSegment(index)
        && !hasSegment.test(
            SegmentReference.decode(frame.array(), frame.payloadOffset(index)).segment());
  }

  private static Fault gone(long task, String what) {
    return new Fault(
        "PayloadLost",
        "the file with the %s of task %d is gone; a power loss or somebody else removed it"
            .formatted(what, task),
        Map.of("task", "" + task));
  }

  private FrameView view(byte[] bytes) {
    FrameView known = views.get(bytes);
    if (known == null) {
      known = new FrameView();
      known.wrap(bytes, 0, bytes.length);
      views.put(bytes, known);
    }
    return known;
  }
}
