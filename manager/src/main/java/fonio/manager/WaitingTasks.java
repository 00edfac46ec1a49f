package fonio.manager;

import fonio.pool.Pool;
import fonio.wire.ByteQueue;
import fonio.wire.ClassDefinition;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Status;
import fonio.wire.TaskSlicer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait in a manager for a worker: those that any worker takes as they come, and
 * those that name what they need.
 */
final class WaitingTasks {
  private final Backlog backlog = new Backlog();
  private final List<SizedTask> sized = new ArrayList<>();
  private final TaskSlicer slicer = new TaskSlicer();
  private final ByteQueue queue = new ByteQueue();
  private final FrameWriter writer = new FrameWriter(queue);
  private final Results results;
  private @Nullable Sizes sizes;
  private @Nullable Packing packing;
  private @Nullable Crew crew;
  private String host = "";

  /**
   * @param results who tells of tasks that can never run here
   */
  WaitingTasks(Results results) {
    this.results = results;
  }

  /** Learns of the workers and the node. */
  void open(Pool pool, NodePlan plan, String manager) {
    Sizes known = new Sizes(plan.capacity(), plan.share(), plan.isMpi());
    AllotmentLines lines = new AllotmentLines(plan.capacity(), plan.mpiLauncher());
    sizes = known;
    host = manager;
    crew = new Crew(plan, pool.workers());
    packing =
        new Packing(
            plan.capacity(),
            plan.rules(pool.workers()),
            sized,
            new PackedWorkers(pool, task -> known.options(task.classId()), lines));
  }

  /** Learns of a class, and says how many of its tasks this node can have at a time. */
  void define(ClassDefinition definition, Pool pool, Windows windows) {
    Sizes known = sizes;
    Crew workers = crew;
    Request request = known == null ? null : known.define(definition);
    if (known == null || workers == null || request == null) {
      windows.knows(definition.id());
      return;
    }
    windows.knows(definition.id(), Math.min(known.mostAtATime(request), workers.most(request)));
    pool.grow(workers.workers());
  }

  /** How many tasks wait. */
  int size() {
    int size = backlog.size();
    for (SizedTask task : sized) {
      size += task.tasks().length;
    }
    return size;
  }

  /** Appends the tasks of a frame, which is copied. */
  void add(FrameView frame, long nowNanos) {
    Sizes known = sizes;
    Request request = known == null ? null : known.of(frame.classId());
    if (known == null || request == null) {
      backlog.add(frame);
    } else if (known.canHold(request)) {
      add(frame, request, nowNanos);
    } else {
      refuse(known, frame, request);
    }
  }

  /** No task of the frame can ever run here; those behind one that fails go back. */
  private void refuse(Sizes known, FrameView frame, Request request) {
    for (int from = 0; from < frame.count(); ) {
      int to = TaskSlicer.cut(frame, from + 1);
      for (int i = to - 1; i > from; i--) {
        results.ended(frame.task(i), frame.attempt(i), Status.SKIPPED);
      }
      Fault why = known.refusal(frame.task(from), frame.classId(), request, host);
      results.fault(frame.task(from), frame.attempt(from), why);
      from = to;
    }
  }

  /** Appends the tasks of a frame, each of which needs so much. */
  private void add(FrameView frame, Request request, long nowNanos) {
    for (int from = 0; from < frame.count(); ) {
      int to = TaskSlicer.cut(frame, from + 1);
      long[] tasks = new long[to - from];
      int[] attempts = new int[tasks.length];
      for (int i = from; i < to; i++) {
        tasks[i - from] = frame.task(i);
        attempts[i - from] = frame.attempt(i);
      }
      slicer.write(writer, frame, from, to);
      byte[] bytes = Arrays.copyOfRange(queue.array(), queue.head(), queue.tail());
      queue.clear();
      sized.add(new SizedTask(frame.classId(), request, tasks, attempts, bytes, nowNanos));
      from = to;
    }
  }

  /** Sends tasks to workers that have room; how many. */
  int dispatch(Pool pool, long nowNanos) {
    Packing packer = packing;
    int sent = packer == null ? 0 : packer.turn(nowNanos);
    return sent + backlog.dispatch(new PoolFeed(pool));
  }

  /**
   * Takes a task out, and those that would have got their input from it, youngest first.
   *
   * @return false when it does not wait here
   */
  boolean drop(long task, Pool.TaskConsumer told) {
    for (SizedTask waits : sized) {
      long[] tasks = waits.tasks();
      for (int i = 0; i < tasks.length; i++) {
        if (tasks[i] == task) {
          sized.remove(waits);
          for (int j = tasks.length - 1; j >= 0; j--) {
            told.accept(tasks[j], waits.attempts()[j]);
          }
          return true;
        }
      }
    }
    return backlog.drop(task, told);
  }

  /** Tells each task that waits, the oldest of each kind first. */
  void forEach(Pool.TaskConsumer consumer) {
    backlog.forEach(consumer);
    for (SizedTask waits : sized) {
      for (int i = 0; i < waits.tasks().length; i++) {
        consumer.accept(waits.tasks()[i], waits.attempts()[i]);
      }
    }
  }

  /** Gives all that waits back, the youngest first. */
  void giveBack() {
    Holdings.of(this)
        .youngestFirst((task, attempt) -> results.ended(task, attempt, Status.SKIPPED));
    clear();
  }

  /** Forgets all that waits. */
  void clear() {
    backlog.clear();
    sized.clear();
  }
}
