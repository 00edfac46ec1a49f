package fonio.pool;

import fonio.transport.Link;
import fonio.transport.LinkSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The lives of the processes: each slot's is started, its end noticed and settled, and replaced.
 */
final class Lives {
  private static final long LINGER_NANOS = 1_000_000_000;
  private static final long HELLO_NANOS = 10_000_000_000L;
  private static final int MOST_EARLY_DEATHS = 3;
  private static final int LAST_BYTES = 2000;

  private final List<Worker> workers;
  private final PoolListener listener;
  private final LinkSet links;
  private final LongSupplier nanoClock;
  private final Launch launch;
  private final Watch watch;
  private final Traffic traffic;

  Lives(
      List<Worker> workers,
      PoolListener listener,
      LinkSet links,
      LongSupplier nanoClock,
      Launch launch,
      Watch watch,
      Traffic traffic) {
    this.workers = workers;
    this.listener = listener;
    this.links = links;
    this.nanoClock = nanoClock;
    this.launch = launch;
    this.watch = watch;
    this.traffic = traffic;
  }

  /** Starts what is due and settles what has ended; how many. */
  int tick(long now) {
    int work = 0;
    for (int i = 0; i < workers.size(); i++) {
      work += tick(workers.get(i), now) ? 1 : 0;
    }
    return work;
  }

  private boolean tick(Worker worker, long now) {
    if (worker.phase == Worker.Phase.EMPTY) {
      boolean due = now - worker.startAtNanos >= 0;
      if (due) {
        start(worker);
      }
      return due;
    }
    Optional<ExitStatus> status = Processes.ended(worker.pid);
    if (status.isPresent()) {
      ended(worker, status.get(), now);
      return true;
    }
    if (worker.dueAtNanos != 0 && now - worker.dueAtNanos >= 0) {
      watch.condemn(
          worker,
          worker.phase == Worker.Phase.STARTING
              ? "it said no HELLO within 10 s of its start"
              : "it did not end within 2 s of its CLOSE");
      return true;
    }
    if (worker.endedLinkAtNanos != 0 && now - worker.endedLinkAtNanos > LINGER_NANOS) {
      Processes.signalGroup(worker.pid, Processes.SIGKILL);
    }
    return false;
  }

  /** Passes on what workers printed; with {@code all}, an unfinished last line too. */
  void passOutput(Worker worker, boolean all) {
    worker.out.read(all, text -> listener.output(worker.index, false, text));
    worker.err.read(all, text -> listener.output(worker.index, true, text));
  }

  void start(Worker worker) {
    worker.generation++;
    worker.phase = Worker.Phase.STARTING;
    try {
      launch.start(worker);
      worker.dueAtNanos = nanoClock.getAsLong() + HELLO_NANOS;
    } catch (SpawnException e) {
      launch.forget(worker);
      worker.empty();
      worker.earlyDeaths = MOST_EARLY_DEATHS;
      worker.startAtNanos = nanoClock.getAsLong() + LINGER_NANOS;
      reportIfUnusable(
          new WorkerDeath(worker.name, 0, ExitStatus.UNKNOWN, String.valueOf(e.getMessage())));
    }
  }

  private void ended(Worker worker, ExitStatus status, long now) {
    Link link = worker.link;
    if (link != null) {
      while (traffic.read(worker) > 0) {
        Thread.onSpinWait();
      }
      links.remove(link);
    }
    passOutput(worker, true);
    WorkerDeath death =
        new WorkerDeath(worker.name, worker.pid, status, worker.err.last(LAST_BYTES), worker.fault);
    Processes.signalRest(worker.pid, Processes.SIGKILL);
    boolean early = worker.answered == 0 && worker.running() == 0;
    int deaths = worker.earlyDeaths;
    watch.settle(worker, death);
    if (link != null) {
      link.close();
    }
    launch.forget(worker);
    worker.empty();
    worker.earlyDeaths = early ? deaths + 1 : 0;
    worker.startAtNanos = now + (early ? (20_000_000L << Math.min(6, deaths)) : 0);
    if (early) {
      reportIfUnusable(death);
    } else {
      start(worker);
    }
  }

  /** One slot that fails leaves the tasks to the others; they fail when no slot brings anything. */
  private void reportIfUnusable(WorkerDeath death) {
    if (workers.stream().allMatch(worker -> worker.earlyDeaths >= MOST_EARLY_DEATHS)) {
      listener.unusable(death);
    }
  }

  /** Frees what the slots hold after their processes have ended. */
  void close() {
    for (Worker worker : workers) {
      passOutput(worker, true);
      if (worker.link != null) {
        links.remove(worker.link);
        worker.link.close();
      }
      launch.forget(worker);
    }
    launch.close();
  }
}
