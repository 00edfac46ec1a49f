package fonio.engine;

import fonio.kernel.Effects;
import fonio.kernel.Ending;
import fonio.kernel.Kernel;
import fonio.kernel.TaskClass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The kernel of a run inside a JVM: run by whoever holds the baton, it has no thread of its own.
 */
final class Core extends Baton implements Effects {

  /*
   * Concurrency: everything but `pending`, `closed`, `broken` and what the baton declares is touched by the holder only. Threads
   * are woken and callbacks run after the release, from lists that the holder took with it.
   */

  final Kernel kernel = new Kernel(this);
  final LocalTasks tasks = new LocalTasks();
  private final ThreadLanes lanes = new ThreadLanes(kernel, tasks);
  private final LongList ended = new LongList();
  private List<LocalTask<?>> awaited = new ArrayList<>();
  private volatile boolean closed;
  private volatile long pending;
  private long unfinished;
  long stillborn;
  long lost;
  private volatile @Nullable BrokenRun broken;
  private Runnable workers = () -> {};

  /**
   * Does what is ordered, if the baton is free.
   *
   * @param lane whose next ready task is wanted, or null
   * @param thread the lane's thread that asks, or null for a caller that helps
   * @param sleeps the thread goes to sleep if there is no task
   * @return a task for the caller to run; null if there is none or the baton is held
   */
  @Nullable LocalTask<?> turn(
      @Nullable ThreadLane lane, @Nullable LaneThread thread, boolean sleeps) {
    LocalTask<?> next = null;
    boolean wants = lane != null;
    boolean first = true;
    while ((first || hasOrders()) && tryTake()) {
      List<LocalTask<?>> finished = List.of();
      LaneThread sleeper = null;
      boolean wakesWorkers = false;
      try {
        try {
          drain();
          if (lane != null && broken == null) {
            if (wants && next == null) {
              next = lanes.take(lane, thread);
              if (next == null && sleeps && thread != null) {
                lane.putToSleep(thread);
              }
            }
            wants = false;
          }
          sleeper = broken == null ? lanes.waking() : null;
          wakesWorkers = broken != null || lanes.haveWorkForProcesses();
        } catch (Throwable cause) {
          fail(cause);
        }
        finished = takeAwaited();
      } finally {
        release();
      }
      if (wakesWorkers) {
        workers.run();
      }
      wakeAndTell(sleeper, finished);
      first = false;
    }
    return next;
  }

  /**
   * Does what is ordered and then, unless the kernel has failed, something else with it, if the
   * baton is free.
   *
   * @return false if the baton is held
   */
  boolean held(Runnable what) {
    if (!tryTake()) {
      return false;
    }
    List<LocalTask<?>> finished = List.of();
    LaneThread sleeper = null;
    try {
      drain();
      if (broken == null) {
        what.run();
      }
      sleeper = broken == null ? lanes.waking() : null;
      finished = takeAwaited();
    } finally {
      release();
    }
    wakeAndTell(sleeper, finished);
    if (hasOrders()) {
      turn();
    }
    return true;
  }

  /** What is to be done without the baton. */
  private static void wakeAndTell(@Nullable LaneThread sleeper, List<LocalTask<?>> finished) {
    if (sleeper != null) {
      sleeper.wake();
    }
    for (LocalTask<?> task : finished) {
      task.tell();
    }
  }

  /** Does what is ordered, if the baton is free. */
  void turn() {
    if (turn(null, null, false) != null) {
      throw new IllegalStateException("a task was taken that nobody wanted");
    }
  }

  /** Has something done with the kernel at the next turn, whoever takes it. */
  void order(Consumer<Core> what) {
    push(
        new Order() {
          @Override
          void carryOut(Core with) {
            what.accept(with);
          }
        });
  }

  private void drain() {
    Order order = orders();
    while (order != null) {
      Order after = order.next;
      order.next = null;
      carryOut(order);
      order = after;
    }
  }

  private void carryOut(Order order) {
    BrokenRun failure = broken;
    if (failure == null) {
      try {
        order.carryOut(this);
        return;
      } catch (Throwable cause) {
        failure = fail(cause);
      }
    }
    order.giveUp(this, failure);
  }

  /**
   * Ends the run, as the kernel cannot be relied on any more: all its tasks, but those whose
   * functions run on threads of this JVM, which end when they are given back.
   */
  private BrokenRun fail(Throwable cause) {
    BrokenRun known = broken;
    if (known != null) {
      return known;
    }
    BrokenRun failure = new BrokenRun(cause);
    broken = failure;
    tasks.forEachYoungestFirst(task -> {
      if (!task.isTaken) {
        task.giveUp(this, failure);
      }
    });
    tasks.clear();
    unfinished = 0;
    return failure;
  }

  /** Ends the run for something that was met outside of an order. */
  void breakDown(Throwable cause) {
    order(with -> with.fail(cause));
    turn();
  }

  /** Whether the kernel has failed; what failed is the outcome of the tasks. */
  boolean isBroken() {
    return broken != null;
  }

  /** Refuses what a broken run cannot do. */
  void checkWhole() {
    BrokenRun failure = broken;
    if (failure != null) {
      throw failure.refusal();
    }
  }

  /** The tasks that someone waits for and that have ended. */
  private List<LocalTask<?>> takeAwaited() {
    pending = unfinished;
    if (awaited.isEmpty()) {
      return List.of();
    }
    List<LocalTask<?>> finished = awaited;
    awaited = new ArrayList<>();
    return finished;
  }

  /** The lanes, and what wakes those of worker processes. */
  void lanes(List<ThreadLane> all, Runnable wakeWorkers) {
    lanes.open(all);
    workers = wakeWorkers;
  }

  /**
   * A row for a task that waits for {@code parents[0..count)}.
   *
   * @param looksUp whether it asks for the result of another run before it runs
   */
  void submit(LocalTask<?> task, int classId, long[] parents, int count, boolean looksUp) {
    long row = kernel.lastTask() + 1;
    task.row = row;
    tasks.put(row, task);
    unfinished++;
    if (count == 0 && !looksUp) {
      kernel.submit(row, 1, classId);
    } else {
      kernel.submit(row, classId, parents, 0, count, looksUp ? Kernel.LOOK_UP : 0);
    }
  }

  void define(int classId, TaskClass options) {
    kernel.define(classId, options);
  }

  @Override
  public void ended(long row, Ending ending, long cause) {
    LocalTask<?> task = tasks.get(row);
    ended.add(row);
    task.end(ending, cause == row ? null : tasks.get(cause));
    finished(task);
  }

  /** Notes a task that someone waits for. */
  void finished(LocalTask<?> task) {
    if (task.isAwaited()) {
      awaited.add(task);
    }
  }

  /** Forgets what ended in the event before. */
  void settle() {
    for (int i = 0; i < ended.size(); i++) {
      kernel.release(ended.get(i));
      tasks.remove(ended.get(i));
    }
    unfinished -= ended.size();
    ended.clear();
  }

  @Override
  public void ask(long task) {
    throw new IllegalStateException("task " + task + " asks, but no class of this run does");
  }

  @Override
  public void lookUp(long row) {
    tasks.get(row).lookUp();
  }

  /** How many tasks have not ended, as of the last turn, with those that wait for the next one. */
  long pending() {
    return pending + waiting();
  }

  /** How many tasks have not ended; only for the holder. */
  long unfinished() {
    return unfinished;
  }

  /** Whether there is nothing more to run. */
  boolean isOver() {
    return closed || broken != null;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }
}
