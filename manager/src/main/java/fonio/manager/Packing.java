package fonio.manager;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where tasks that name what they need run on a node, and which workers take others beside them.
 */
final class Packing {
  /*
   * A core: it has no clock, and knows workers by an interface.
   *
   * Tasks that name nothing take one share for each worker that has some. A worker without a share is held: it is sent none. While
   * no task names what it needs all workers have their shares, and nothing is done here. As soon as one waits, the shares of workers
   * without tasks are up for it, and go back to the workers if they fit beside those that run.
   *
   * A task may be overtaken until it is older than the patience. Then nothing that names what it needs starts before it, and only so
   * many workers keep their shares as it leaves room for: beside those that run now if it will fit then, else beside it alone, as
   * those must end first. Should parts of devices that others hold keep it from what there is enough of, all workers are held.
   */

  /** The workers of the node. */
  interface Workers {
    int count();

    boolean hasTasks(int worker);

    /** Whether it takes tasks, and has none. */
    boolean isFree(int worker);

    /** Says whether a worker is sent tasks that name nothing. */
    void hold(int worker, boolean held);

    void start(int worker, SizedTask task, Allotment allotment);

    /** The task that was started last has ended, with what it had. */
    void ended(int worker);
  }

  /**
   * How a node is shared out.
   *
   * @param share what a worker takes that has tasks that name nothing
   * @param sharers how many workers may have such tasks, from the first on
   * @param smallestFirst whether tasks that need fewer nodes go before those that need more
   * @param patienceNanos how old a task gets before it is not overtaken any more
   */
  record Rules(Request share, int sharers, boolean smallestFirst, long patienceNanos) {}

  private static final int MOST_LOOKS = 64;
  private static final int DRAIN_PATIENCES = 5;

  private final Request whole;
  private final Rules rules;
  private final Workers workers;
  private final Allotments allotments;
  private final List<SizedTask> waiting;
  private final List<@Nullable Allotment> running = new ArrayList<>();
  private final List<@Nullable Allotment> shares = new ArrayList<>();
  private Request taken = Request.NOTHING;
  private int runningCount;
  private boolean active;

  /**
   * @param waiting the tasks that name what they need, the oldest first; those that start are taken
   *     out
   */
  Packing(Capacity capacity, Rules rules, List<SizedTask> waiting, Workers workers) {
    this.whole = capacity.whole();
    this.rules = rules;
    this.waiting = waiting;
    this.workers = workers;
    this.allotments = new Allotments(capacity);
    grow();
    grant(Integer.MAX_VALUE);
  }

  private void grow() {
    while (shares.size() < workers.count()) {
      shares.add(null);
      running.add(null);
    }
  }

  /** Starts what fits; how many. */
  int turn(long nowNanos) {
    if (!active && waiting.isEmpty()) {
      return 0;
    }
    grow();
    settle();
    int started = 0;
    int sharing = Integer.MAX_VALUE;
    if (!waiting.isEmpty()) {
      takeIdleShares();
      started = start(nowNanos);
      if (!waiting.isEmpty() && isOld(waiting.getFirst(), nowNanos)) {
        sharing = beside(waiting.getFirst(), nowNanos);
      }
    }
    boolean all = grant(sharing);
    active = runningCount > 0 || !waiting.isEmpty() || !all;
    return started;
  }

  private void settle() {
    for (int w = 0; w < running.size(); w++) {
      Allotment ended = running.get(w);
      if (ended != null && !workers.hasTasks(w)) {
        running.set(w, null);
        runningCount--;
        taken = taken.minus(ended.request());
        allotments.giveBack(ended);
        workers.ended(w);
      }
    }
  }

  private void takeIdleShares() {
    for (int w = 0; w < shares.size(); w++) {
      Allotment share = shares.get(w);
      if (share != null && !workers.hasTasks(w)) {
        shares.set(w, null);
        allotments.giveBack(share);
      }
    }
  }

  private int start(long now) {
    int started = 0;
    while (!waiting.isEmpty() && isOld(waiting.getFirst(), now)) {
      if (!start(waiting.getFirst())) {
        return started;
      }
      started++;
    }
    List<SizedTask> inOrder = new ArrayList<>(waiting);
    if (rules.smallestFirst()) {
      inOrder.sort(Comparator.comparingInt(task -> task.request().nodes()));
    }
    int looks = 0;
    Request failed = Request.NOTHING;
    for (SizedTask task : inOrder) {
      if (task.request().equals(failed)) {
        continue;
      }
      if (start(task)) {
        started++;
      } else if (++looks == MOST_LOOKS) {
        break;
      } else {
        failed = task.request();
      }
    }
    return started;
  }

  private boolean isOld(SizedTask task, long now) {
    return now - task.cameAtNanos() >= rules.patienceNanos();
  }

  private boolean start(SizedTask task) {
    Request request = task.request();
    if (!allotments.fits(request) || freeWorker() < 0) {
      return false;
    }
    Allotment allotment = allotments.take(request);
    int worker = freeWorker();
    waiting.remove(task);
    running.set(worker, allotment);
    runningCount++;
    taken = taken.plus(request);
    workers.hold(worker, true);
    workers.start(worker, task, allotment);
    return true;
  }

  /** A worker for a task that has its allotment: the last, but one that cannot share before. */
  private int freeWorker() {
    int best = -1;
    for (int w = shares.size() - 1; w >= 0; w--) {
      if (shares.get(w) == null && running.get(w) == null && workers.isFree(w)) {
        if (!mayShare(w)) {
          return w;
        }
        best = Math.max(best, w);
      }
    }
    return best;
  }

  private boolean mayShare(int worker) {
    return worker < rules.sharers() && allotments.fits(rules.share(), worker);
  }

  /** How many workers may have tasks that name nothing while a task waits for its turn. */
  private int beside(SizedTask task, long now) {
    Request next = task.request();
    Request withRunning = next.plus(taken);
    if (withRunning.timesInto(whole, Request.NOTHING) == 0) {
      return rules.share().timesInto(whole, next);
    }
    if (now - task.cameAtNanos() >= DRAIN_PATIENCES * rules.patienceNanos()) {
      return 0;
    }
    int slots = Math.max(0, workers.count() - runningCount - 1);
    return Math.min(slots, rules.share().timesInto(whole, withRunning));
  }

  /** Gives shares to so many workers and holds the others; whether all have theirs. */
  private boolean grant(int most) {
    int sharing = 0;
    for (int w = 0; w < shares.size(); w++) {
      if (shares.get(w) != null) {
        workers.hold(w, sharing >= most);
        sharing++;
      }
    }
    boolean all = sharing <= most;
    for (int w = 0; w < shares.size(); w++) {
      if (shares.get(w) == null) {
        boolean gets = sharing < most && running.get(w) == null && mayShare(w);
        if (gets) {
          shares.set(w, allotments.take(rules.share(), w));
          sharing++;
        }
        workers.hold(w, !gets);
        all &= gets || w >= rules.sharers();
      }
    }
    return all;
  }
}
