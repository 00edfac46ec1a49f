package fonio.engine;

import fonio.api.WorkerLostException;
import fonio.kernel.TaskState;
import java.util.Set;

/**
 * The lanes of worker processes after their thread has failed: all their tasks end with what it
 * failed of, those to come too. The tasks of threads go on.
 *
 * <p>Only for the holder of the baton.
 */
final class BrokenLanes {
  private final Core core;
  private final Set<Integer> lanes;
  private final Throwable cause;
  private final long[] taken = new long[256];

  BrokenLanes(Core core, Set<Integer> lanes, Throwable cause) {
    this.core = core;
    this.lanes = lanes;
    this.cause = cause;
  }

  /**
   * Takes back what workers have, youngest first, so that each goes before those behind it and one
   * that was sent ahead waits for its parent again.
   */
  void takeBack() {
    core.settle();
    core.tasks.forEachYoungestFirst(task -> {
      if (lanes.contains(task.lane().number) && core.kernel.state(task.row) == TaskState.HELD) {
        core.kernel.returned(task.row, core.kernel.attempt(task.row));
      }
    });
    core.settle();
  }

  /** Ends what is ready, and then what becomes ready by that. */
  void endReady() {
    for (int lane : lanes) {
      int count = core.kernel.take(lane, taken.length, taken, 0);
      while (count > 0) {
        for (int i = 0; i < count; i++) {
          end(core.tasks.get(taken[i]));
        }
        count = core.kernel.take(lane, taken.length, taken, 0);
      }
    }
  }

  private void end(LocalTask<?> task) {
    WorkerLostException lost =
        new WorkerLostException(
            task.id(),
            "the thread that feeds the worker processes of executor \"%s\" failed: %s; close this engine and start another"
                .formatted(task.lane().label, cause));
    lost.initCause(cause);
    task.outcome(lost);
    core.kernel.failed(task.row, core.kernel.attempt(task.row));
    core.settle();
  }
}
