package fonio.executors;

import fonio.kernel.Kernel;
import fonio.pool.Pool;
import fonio.pool.PoolConfig;
import fonio.pool.PoolListener;
import fonio.pool.WorkerDeath;
import fonio.transport.LinkSet;
import fonio.wire.ClassDefinition;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.FunctionDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The direct executor: tasks of one lane of the kernel, straight to the workers of one pool. */
public final class DirectLane implements AutoCloseable {
  private static final int MOST_IN_FRAME = 256;

  private final int lane;
  private final Kernel kernel;
  private final Payloads payloads;
  private final Outcomes outcomes;
  private final Pool pool;
  private final TaskFrames frames;
  private final String label;
  private final long[] tasks = new long[MOST_IN_FRAME];
  private final int[] attempts = new int[MOST_IN_FRAME];

  /** Starts the pool; its workers take tasks as soon as they are ready. */
  public DirectLane(
      int lane,
      Kernel kernel,
      Payloads payloads,
      Outcomes outcomes,
      PoolConfig config,
      LinkSet links,
      LongSupplier nanoClock) {
    this.lane = lane;
    this.kernel = kernel;
    this.payloads = payloads;
    this.outcomes = outcomes;
    this.label = config.label();
    this.frames = new TaskFrames(payloads, MOST_IN_FRAME);
    this.pool = new Pool(config, new Reports(), links, nanoClock);
  }

  /** How many workers it has. */
  public int workers() {
    return pool.workers();
  }

  /** Reads from the workers and watches them; how much was done. */
  public int doWork() {
    return pool.doWork();
  }

  /** Sends ready tasks to workers that have room; how many. */
  public int dispatch() {
    int sent = 0;
    while (kernel.isReady(lane)) {
      int classId = kernel.nextClass(lane);
      int worker = pool.choose(classId);
      if (worker < 0) {
        return sent;
      }
      int share = (kernel.readyCount(lane) + pool.workers() - 1) / pool.workers();
      int most = Math.min(Math.min(pool.room(worker, classId), share), MOST_IN_FRAME);
      int count = withFollowers(kernel.take(lane, Math.max(1, most), tasks, 0), classId, worker);
      for (int i = 0; i < count; i++) {
        attempts[i] = kernel.attempt(tasks[i]);
      }
      sent += send(worker, classId, count);
    }
    pool.balance(0);
    return sent;
  }

  /** Sends what was taken, in as many frames as its bytes need; how many tasks. */
  private int send(int worker, int classId, int count) {
    for (int from = 0; from < count; ) {
      int to = frames.measure(tasks, from, count);
      if (to == from) {
        refuse(tasks[from], attempts[from]);
        to++;
      } else {
        frames.write(pool.prepare(worker, classId), classId, tasks, from);
        pool.sent(worker, classId, tasks, attempts, from, to - from);
      }
      from = to;
    }
    return count;
  }

  private void refuse(long task, int attempt) {
    String message =
        "the arguments of task %d and the results of its %d parents are more than %d MiB; give it fewer, or larger ones, which travel by reference"
            .formatted(task, payloads.parentCount(task), TaskFrames.MOST_TASK_BYTES >> 20);
    outcomes.failed(task, attempt, new Fault("TaskTooLarge", message, Map.of("task", "" + task)));
  }

  /** Sends dependants ahead: each behind the task that alone holds it up. */
  private int withFollowers(int taken, int classId, int worker) {
    int most = Math.min(MOST_IN_FRAME, Math.max(taken, pool.room(worker, classId)));
    if (taken == 0 || taken >= most) {
      return taken;
    }
    int count = taken;
    for (int i = 0; i < count && count < most; i++) {
      long follower = kernel.follower(tasks[i]);
      if (follower >= 0) {
        System.arraycopy(tasks, i + 1, tasks, i + 2, count - i - 1);
        tasks[i + 1] = follower;
        count++;
      }
    }
    return count;
  }

  /** How long the loop may sleep when no link wakes it. */
  public long sleepNanos(long nowNanos) {
    return pool.sleepNanos(nowNanos);
  }

  /** Remembers a function. */
  public void function(FunctionDefinition function) {
    pool.function(function);
  }

  /** Remembers a class. */
  public void define(ClassDefinition definition) {
    pool.define(definition);
  }

  /** Gives all workers a shared object. */
  public void share(FrameView frame) {
    pool.share(frame);
  }

  /** Takes a shared object back. */
  public void unshare(int object) {
    pool.unshare(object);
  }

  /** Takes a task back that has not begun. */
  public boolean recall(long task) {
    return pool.recall(task);
  }

  /** Ends a running task with its worker. */
  public boolean kill(long task) {
    return pool.kill(task);
  }

  /** One line for each worker. */
  public Map<String, String> describe() {
    return pool.describe();
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Translates what the pool tells. */
  private final class Reports implements PoolListener {
    @Override
    public void results(int worker, FrameView frame, long[] tasks, int[] attempts) {
      outcomes.results(frame, tasks, attempts, 0);
    }

    @Override
    public void returned(long task, int attempt) {
      outcomes.returned(task, attempt);
    }

    @Override
    public void lost(long task, int attempt, WorkerDeath death) {
      outcomes.lost(task, attempt, fault("WorkerLost", task, death));
    }

    @Override
    public void killed(long task, int attempt) {
      outcomes.killed(task, attempt);
    }

    @Override
    public void timedOut(long task, int attempt, long walltimeMillis) {
      String message =
          "task %d ran longer than its walltime of %s s and was ended with its worker"
              .formatted(task, walltimeMillis / 1000.0);
      outcomes.failed(task, attempt, new Fault("AppTimeout", message, Map.of("task", "" + task)));
    }

    @Override
    public void unusable(WorkerDeath death) {
      String message =
          "the workers of executor %s end before they are ready (%s): %s"
              .formatted(
                  label,
                  death.fault().isEmpty() ? death.status().text() : death.fault(),
                  death.lastLine());
      outcomes.unusable(lane, new Fault("BrokenExecutor", message, details(death)));
    }

    @Override
    public void output(int worker, boolean error, String text) {
      outcomes.output(worker, error, text);
    }

    private Fault fault(String name, long task, WorkerDeath death) {
      String message =
          "worker %s (pid %d) %s, while it ran task %d"
              .formatted(death.worker(), death.pid(), death.text(), task);
      Map<String, String> details = details(death);
      details.put("task", Long.toString(task));
      return new Fault(name, message, details);
    }

    private static Map<String, String> details(WorkerDeath death) {
      Map<String, String> details = new LinkedHashMap<>();
      details.put("worker", death.worker());
      details.put("signal", Integer.toString(death.status().signal()));
      details.put("exit_code", Integer.toString(death.status().code()));
      details.put("stderr", death.lastLines());
      return details;
    }
  }
}
