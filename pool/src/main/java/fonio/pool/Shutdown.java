package fonio.pool;

import fonio.transport.Link;
import fonio.wire.Kind;
import fonio.wire.MalformedFrameException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Ends all workers: asks, and after a short while kills. */
final class Shutdown {
  private static final long PATIENCE_NANOS = 150_000_000;
  private static final long KILL_NANOS = 2_000_000_000;
  private static final long STEP_NANOS = 1_000_000;

  private final List<Worker> workers;
  private final LongSupplier nanoClock;

  Shutdown(List<Worker> workers, LongSupplier nanoClock) {
    this.workers = workers;
    this.nanoClock = nanoClock;
  }

  void run() {
    for (Worker worker : workers) {
      Link link = worker.link;
      if (worker.pid != 0
          && (link == null || !worker.inFlight.isEmpty() || !askToEnd(worker, link))) {
        Processes.signalGroup(worker.pid, Processes.SIGKILL);
      }
    }
    await(PATIENCE_NANOS);
    for (Worker worker : workers) {
      if (worker.pid != 0) {
        Processes.signalGroup(worker.pid, Processes.SIGKILL);
      }
    }
    await(KILL_NANOS);
  }

  /** Asks a worker to end by itself; false when its link is beyond that. */
  private static boolean askToEnd(Worker worker, Link link) {
    worker.writer.frame(Kind.CLOSE, 0, 0, 0, new byte[0]);
    try {
      link.write(worker.outQueue);
      return true;
    } catch (MalformedFrameException e) {
      return false;
    }
  }

  private void await(long nanos) {
    long deadline = nanoClock.getAsLong() + nanos;
    while (!areGone() && nanoClock.getAsLong() - deadline < 0) {
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  private boolean areGone() {
    boolean gone = true;
    for (Worker worker : workers) {
      if (worker.pid != 0 && Processes.ended(worker.pid).isPresent()) {
        Processes.signalRest(worker.pid, Processes.SIGKILL);
        worker.pid = 0;
      }
      gone &= worker.pid == 0;
    }
    return gone;
  }
}
