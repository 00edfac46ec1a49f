package fonio.engine;

import fonio.kernel.Kernel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of a run in this JVM: which thread gets a ready task, and who is woken for one. The
 * holder of the baton has them.
 */
final class ThreadLanes {
  private final Kernel kernel;
  private final LocalTasks tasks;
  private final long[] taken = new long[1];
  private ThreadLane[] lanes = new ThreadLane[0];

  ThreadLanes(Kernel kernel, LocalTasks tasks) {
    this.kernel = kernel;
    this.tasks = tasks;
  }

  void open(List<ThreadLane> all) {
    lanes = all.toArray(new ThreadLane[0]);
  }

  /**
   * The next ready task of a lane; null if there is none, or no thread may run it.
   *
   * @param thread that looks for it; null for a caller that helps
   */
  @Nullable LocalTask<?> take(ThreadLane lane, @Nullable LaneThread thread) {
    if (lane.free <= 0 || kernel.take(lane.number, 1, taken, 0) == 0) {
      return null;
    }
    lane.free--;
    if (thread != null) {
      lane.searching--;
    }
    LocalTask<?> task = tasks.get(taken[0]);
    task.attempt = kernel.attempt(taken[0]);
    task.isTaken = true;
    return task;
  }

  /** Whether a task is ready that a worker process is to run. */
  boolean haveWorkForProcesses() {
    for (ThreadLane lane : lanes) {
      if (lane.inProcesses && kernel.isReady(lane.number)) {
        return true;
      }
    }
    return false;
  }

  /** One sleeping thread of a lane that has more ready tasks than threads that look for them. */
  @Nullable LaneThread waking() {
    for (ThreadLane lane : lanes) {
      if (!lane.sleepers.isEmpty()
          && Math.min(kernel.readyCount(lane.number), lane.free) > lane.searching) {
        lane.searching++;
        return lane.sleepers.pop();
      }
    }
    return null;
  }
}
