package fonio.executors;

import fonio.kernel.Kernel;
import fonio.pool.Faults;
import fonio.pool.Pool;
import fonio.pool.PoolConfig;
import fonio.pool.PoolListener;
import fonio.pool.WorkerDeath;
import fonio.transport.LinkSet;
import fonio.wire.ClassDefinition;
import fonio.wire.FrameView;
import fonio.wire.FunctionDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The direct executor: tasks of one lane of the kernel, straight to the workers of one pool. */
public final class DirectLane implements Lane {
  private static final int MOST_IN_FRAME = 256;

  private final int lane;
  private final Kernel kernel;
  private final Outcomes outcomes;
  private final Pool pool;
  private final TaskFrames frames;
  private final String label;
  private final Hand hand;

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
    this.outcomes = outcomes;
    this.label = config.label();
    this.frames = new TaskFrames(payloads, MOST_IN_FRAME);
    this.hand = new Hand(kernel, lane, MOST_IN_FRAME);
    this.pool = new Pool(config, new Reports(), links, nanoClock);
  }

  @Override
  public int workers() {
    return pool.workers();
  }

  @Override
  public int doWork() {
    return pool.doWork();
  }

  @Override
  public int dispatch() {
    int sent = 0;
    while (kernel.isReady(lane)) {
      int classId = kernel.nextClass(lane);
      int worker = pool.choose(classId);
      if (worker < 0) {
        return sent;
      }
      int share = (kernel.readyCount(lane) + pool.workers() - 1) / pool.workers();
      hand.take(Math.min(pool.room(worker, classId), share), () -> pool.room(worker, classId));
      sent += send(worker, classId);
    }
    pool.balance(0);
    return sent;
  }

  /** Sends what was taken, in as many frames as its bytes need; how many tasks. */
  private int send(int worker, int classId) {
    for (int from = 0; from < hand.count; ) {
      int to = frames.measure(hand.tasks, from, hand.count);
      if (to == from) {
        outcomes.failed(hand.tasks[from], hand.attempts[from], frames.tooLarge(hand.tasks[from]));
        to++;
      } else {
        frames.write(pool.prepare(worker, classId), classId, hand.tasks, from);
        pool.sent(worker, classId, hand.tasks, hand.attempts, from, to - from);
      }
      from = to;
    }
    return hand.count;
  }

  @Override
  public long sleepNanos(long nowNanos) {
    return pool.sleepNanos(nowNanos);
  }

  @Override
  public void function(FunctionDefinition function) {
    pool.function(function);
  }

  @Override
  public void define(ClassDefinition definition) {
    pool.define(definition);
  }

  @Override
  public void share(FrameView frame) {
    pool.share(frame);
  }

  @Override
  public void unshare(int object) {
    pool.unshare(object);
  }

  @Override
  public Recalled recall(long task) {
    return pool.recall(task) ? Recalled.YES : Recalled.NO;
  }

  @Override
  public boolean kill(long task) {
    return pool.kill(task);
  }

  @Override
  public Concerned obey(Command command, String part) {
    throw new IllegalArgumentException(
        "executor "
            + label()
            + " has no managers: its workers are processes of the engine, and end with it");
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Map<String, String> status() {
    int tasks = pool.tasks();
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("kind", "direct");
    entries.put("workers", "" + pool.workers());
    entries.put("free", "" + Math.max(0, pool.workers() - tasks));
    entries.put("tasks", "" + tasks);
    pool.describe().forEach((worker, text) -> entries.put("processes." + worker, text));
    return entries;
  }

  @Override
  public Optional<String> holder(long task) {
    return pool.holder(task);
  }

  @Override
  public List<String> obstacles() {
    int tasks = pool.tasks();
    return tasks < pool.workers()
        ? List.of()
        : List.of("its %d workers have %d tasks".formatted(pool.workers(), tasks));
  }

  @Override
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
      outcomes.lost(task, attempt, Faults.lost(task, death));
    }

    @Override
    public void killed(long task, int attempt) {
      outcomes.killed(task, attempt);
    }

    @Override
    public void timedOut(long task, int attempt, long walltimeMillis) {
      outcomes.failed(task, attempt, Faults.timedOut(task, walltimeMillis));
    }

    @Override
    public void unusable(WorkerDeath death) {
      outcomes.unusable(lane, Faults.unusable("executor " + label, death));
    }

    @Override
    public void output(int worker, boolean error, String text) {
      outcomes.output(worker, error, text);
    }
  }
}
