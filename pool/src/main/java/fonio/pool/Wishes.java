package fonio.pool;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The tasks that the owner wants ended, until they have.
 *
 * <p>A task that was sent and has not begun is taken back; where that is not certain, the wish
 * stays, and the worker is ended at a tick that finds the task running.
 */
final class Wishes {
  private final Set<Long> tasks = new HashSet<>();
  private final Watch watch;
  private final PoolListener listener;

  Wishes(Watch watch, PoolListener listener) {
    this.watch = watch;
    this.listener = listener;
  }

  /** Ends a task, now or as soon as that can be done; false when no worker has it. */
  boolean kill(List<Worker> workers, long task) {
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      long sequence = worker.inFlight.find(task);
      if (sequence >= 0) {
        tasks.add(task);
        if (!killRunning(worker, sequence)) {
          watch.recall(worker, sequence);
        }
        return true;
      }
    }
    return false;
  }

  /** Ends those that run by now, and forgets those that no worker has. */
  void tick(List<Worker> workers) {
    if (tasks.isEmpty()) {
      return;
    }
    for (Iterator<Long> all = tasks.iterator(); all.hasNext(); ) {
      long task = all.next();
      boolean has = false;
      for (int i = 0; i < workers.size() && !has; i++) {
        Worker worker = workers.get(i);
        long sequence = worker.inFlight.find(task);
        has = sequence >= 0;
        if (has && worker.isReady()) {
          killRunning(worker, sequence);
        }
      }
      if (!has) {
        all.remove();
      }
    }
  }

  private boolean killRunning(Worker worker, long sequence) {
    if (worker.running() != sequence) {
      return false;
    }
    watch.kill(worker, sequence, Worker.Killed.BY_OWNER);
    return true;
  }

  /** Whether a task that did not end well was wanted ended: then the listener hears that. */
  boolean fulfil(long task, int attempt) {
    if (tasks.isEmpty() || !tasks.remove(task)) {
      return false;
    }
    listener.killed(task, attempt);
    return true;
  }
}
