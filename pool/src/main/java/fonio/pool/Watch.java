package fonio.pool;

import fonio.transport.Membarrier;
import fonio.transport.RingFile;
import fonio.wire.Definitions;
import fonio.wire.MalformedFrameException;
import java.util.List;

/**
 * Takes tasks back from workers, ends workers that run too long, and settles what a dead one had.
 */
final class Watch {
  /*
   * Recall. The engine stores the range, lets the worker's earlier store become visible, then reads its running word. A worker
   * stores that word before it looks at the range, so a task behind the one it names is certainly not begun and will be skipped:
   * it goes back at once. What the word leaves open goes back when the worker answers that it skipped it.
   *
   * For a worker that hears the expedited barrier, of microseconds, that barrier makes the store visible. For any other, to balance,
   * the engine waits for a tick at least DRAIN_NANOS later before it reads the word: a store buffer holds a store for
   * less than a microsecond, and a worker that is taken off its core has drained it. So a worker that looked before the range was
   * there shows the number it looked for by then, and any later look sees the range. A cancel cannot wait, and is rare: it makes
   * every core pass the global barrier, which takes some 10 ms of the loop.
   *
   * One range is open at a time, and only grows. It stays until the worker's answers have passed it; until then it is sent nothing new.
   */
  private static final long DRAIN_NANOS = 1_000_000;
  private static final long LONG_NANOS = 2_000_000;
  private static final long URGENT_NANOS = 1_000_000;
  private static final int MOST_URGES = 10;

  private final Definitions definitions;
  private final PoolListener listener;
  private final Wishes wishes;

  Watch(Definitions definitions, PoolListener listener) {
    this.definitions = definitions;
    this.listener = listener;
    this.wishes = new Wishes(this, listener);
  }

  /** The tasks that the owner wants ended. */
  Wishes wishes() {
    return wishes;
  }

  /**
   * Takes a task back. All behind it go too if another one is taken back already or the running one
   * is overlong: the worker has one range, and what stays would wait.
   */
  boolean recall(Worker worker, long sequence) {
    boolean covered =
        worker.recalledAtNanos != 0 && sequence >= worker.recallFrom && sequence < worker.recallTo;
    if (!covered && !(isOpen(worker) ? widen(worker, sequence) : openFor(worker, sequence))) {
      return false;
    }
    boolean passed = (worker.hearsBarriers && Membarrier.expedited()) || Membarrier.global();
    if (!passed) {
      return false;
    }
    giveBack(worker);
    return !worker.inFlight.has(sequence);
  }

  private static boolean openFor(Worker worker, long sequence) {
    long running = worker.running();
    boolean all = running != 0 && running == worker.overlong && running < sequence;
    return open(worker, all ? running + 1 : sequence, all ? worker.inFlight.tail() : sequence + 1);
  }

  /** Stretches the open range over a task and all behind it, unless the worker has come to it. */
  private static boolean widen(Worker worker, long sequence) {
    long running = worker.running();
    RingFile file = worker.file;
    if (file == null || running == 0 || running >= sequence) {
      return false;
    }
    set(worker, file, Math.min(worker.recallFrom, sequence), worker.inFlight.tail());
    return true;
  }

  private static boolean isOpen(Worker worker) {
    return worker.recallTo > worker.inFlight.head();
  }

  private static void set(Worker worker, RingFile file, long from, long to) {
    file.recall(from, to);
    worker.recallFrom = from;
    worker.recallTo = to;
  }

  /** Stores a range, unless another is open or the worker has passed it. */
  private static boolean open(Worker worker, long from, long to) {
    RingFile file = worker.file;
    long running = worker.running();
    if (file == null
        || !Membarrier.isAvailable()
        || isOpen(worker)
        || running == 0
        || running >= to - 1) {
      return false;
    }
    set(worker, file, from, to);
    return true;
  }

  /** Gives back what the worker will certainly skip. */
  private void giveBack(Worker worker) {
    worker.recalledAtNanos = 0;
    RingFile file = worker.file;
    InFlight inFlight = worker.inFlight;
    long running = file == null ? 0 : file.running();
    for (long s = worker.recallTo - 1;
        running != 0 && s >= Math.max(worker.recallFrom, running + 1);
        s--) {
      if (inFlight.has(s)) {
        long task = inFlight.task(s);
        int attempt = inFlight.attempt(s);
        inFlight.recall(s);
        returned(task, attempt);
      }
    }
  }

  private void returned(long task, int attempt) {
    if (!wishes.fulfil(task, attempt)) {
      listener.returned(task, attempt);
    }
  }

  /** Gives back what was recalled to balance, once that is certain. */
  void recalls(List<Worker> workers, long nowNanos) {
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      if (worker.recalledAtNanos != 0 && nowNanos - worker.recalledAtNanos >= DRAIN_NANOS) {
        giveBack(worker);
      }
    }
  }

  /** Takes back what stands behind a long task, when another worker has nothing to do. */
  void balance(List<Worker> workers, long nowNanos) {
    boolean anyIdle = false;
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      anyIdle |= worker.isReady() && !worker.held && worker.inFlight.isEmpty();
    }
    if (!anyIdle) {
      return;
    }
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      if (worker.isReady() && worker.inFlight.size() > 1) {
        long running = see(worker, nowNanos);
        if (running != 0
            && nowNanos - worker.runningSinceNanos > LONG_NANOS
            && open(worker, running + 1, worker.inFlight.tail())) {
          worker.recalledAtNanos = nowNanos;
          if (worker.hearsBarriers && Membarrier.expedited()) {
            giveBack(worker);
          }
        }
      }
    }
  }

  /** Ends workers whose task runs longer than its class allows. */
  void walltimes(List<Worker> workers, long nowNanos) {
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      long running = worker.isReady() ? see(worker, nowNanos) : 0;
      if (running != 0) {
        long longNanos = Math.max(LONG_NANOS, 2 * worker.inFlight.estimateNanos(running));
        worker.overlong = nowNanos - worker.runningSinceNanos > longNanos ? running : 0;
        long walltimeMillis = definitions.walltimeMillis(worker.inFlight.classId(running));
        if (walltimeMillis > 0
            && nowNanos - worker.runningSinceNanos > walltimeMillis * 1_000_000) {
          kill(worker, running, Worker.Killed.BY_WALLTIME);
        }
      }
    }
  }

  /**
   * Makes workers send what has ended before the task that they run, when that is a long one: they
   * hold results back for company, and cannot send while they call. A signal may come when a worker
   * cannot heed it, so it is repeated, at four times the age.
   */
  void urge(List<Worker> workers, long nowNanos) {
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      if (worker.isReady() && worker.hearsUrgency && worker.inFlight.size() > 1) {
        long running = see(worker, nowNanos);
        if (running > worker.inFlight.head()
            && nowNanos - worker.runningSinceNanos > URGENT_NANOS << (2 * worker.urged)) {
          worker.urged = Math.min(worker.urged + 1, MOST_URGES);
          Processes.signal(worker.pid, Processes.SIGURG);
        }
      }
    }
  }

  private static long see(Worker worker, long nowNanos) {
    long running = worker.running();
    if (running != worker.seenRunning) {
      worker.seenRunning = running;
      worker.urged = 0;
      worker.runningSinceNanos = nowNanos;
    }
    return running;
  }

  /** Ends the worker and with it the task that it runs. */
  void kill(Worker worker, long sequence, Worker.Killed why) {
    worker.phase = Worker.Phase.ENDING;
    worker.killed = why;
    worker.killedSequence = sequence;
    Processes.signalGroup(worker.pid, Processes.SIGKILL);
  }

  /** Ends a worker that does not keep to the protocol; its tasks go to others. */
  void distrust(Worker worker, MalformedFrameException problem) {
    worker.distrusted = true;
    worker.in.clear();
    if (worker.link != null) {
      worker.link.wantInput(false);
    }
    condemn(worker, "it broke the protocol: " + problem.getMessage());
  }

  /** Ends a worker that does not do as it should, and says so. */
  void condemn(Worker worker, String fault) {
    listener.output(
        worker.index, true, "fonio: worker " + worker.name + " is ended: " + fault + "\n");
    worker.phase = Worker.Phase.ENDING;
    worker.fault = fault;
    worker.dueAtNanos = 0;
    Processes.signalGroup(worker.pid, Processes.SIGKILL);
  }

  /** Reports what a dead worker had: one task is charged, the others go back, youngest first. */
  void settle(Worker worker, WorkerDeath death) {
    InFlight inFlight = worker.inFlight;
    long running = worker.running();
    // The task that the worker was ended for may have given way to another, which is not to blame.
    boolean blameless = worker.killed != Worker.Killed.NOT && worker.killedSequence != running;
    long charged = blameless ? 0 : running;
    for (long s = inFlight.tail() - 1; s >= inFlight.head(); s--) {
      if (s != charged && inFlight.has(s)) {
        returned(inFlight.task(s), inFlight.attempt(s));
      }
    }
    if (charged == 0) {
      return;
    }
    long task = inFlight.task(charged);
    int attempt = inFlight.attempt(charged);
    if (wishes.fulfil(task, attempt)) {
      return;
    }
    switch (worker.killed) {
      case NOT -> listener.lost(task, attempt, death);
      case BY_OWNER -> listener.killed(task, attempt);
      case BY_WALLTIME ->
          listener.timedOut(task, attempt, definitions.walltimeMillis(inFlight.classId(charged)));
    }
  }
}
