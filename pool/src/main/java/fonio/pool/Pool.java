package fonio.pool;

import fonio.transport.LinkSet;
import fonio.transport.Listener;
import fonio.transport.Membarrier;
import fonio.transport.Reception;
import fonio.transport.SocketLink;
import fonio.wire.ClassDefinition;
import fonio.wire.Definitions;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.FunctionDefinition;
import fonio.wire.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The worker processes of one node: started, fed by credit, watched, replaced. */
public final class Pool implements AutoCloseable {
  /*
   * Concurrency: one thread at a time calls everything here; processes are started by the spawner's own thread.
   *
   * A worker runs and answers in order, so a result frame always concerns the oldest entries of its InFlight. When its
   * process ends, all that it sent is read first; then the entry in its running word is charged, and all others go back
   * youngest first, so that an owner that puts each at the front of its queue keeps their order.
   */
  private final List<Worker> workers = new ArrayList<>();
  private final Definitions definitions = new Definitions();
  private final LongSupplier nanoClock;
  private final Credit credit;
  private final Watch watch;
  private final Feeding feeding;
  private final Traffic traffic;
  private final Lives lives;
  private final Allotting allotting;
  private final Reception reception;
  private final Upkeep upkeep;
  private final Launch launch;

  /** Makes ready what starting the first worker needs, on a thread that has nothing else to do. */
  public static void prepare() {
    Membarrier.isAvailable();
    PosixSpawn.prepare();
  }

  /** Listens and starts all workers; they report when they are ready. */
  public Pool(PoolConfig config, PoolListener listener, LinkSet links, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.launch = new Launch(config);
    this.credit = new Credit(config.creditNanos());
    this.watch = new Watch(definitions, listener);
    this.feeding = new Feeding(workers, credit, definitions, config);
    this.traffic = new Traffic(listener, credit, watch, nanoClock, config.maxTasksPerChild());
    this.lives = new Lives(workers, listener, links, nanoClock, launch, watch, traffic);
    this.upkeep = new Upkeep(workers, lives, watch);
    this.allotting = new Allotting(config, traffic);
    this.reception =
        new Reception(
            Listener.open(config.socket()),
            links,
            new Entrance(config, workers, links, definitions),
            SocketLink::new,
            nanoClock);
    while (workers.size() < config.workers()) {
      start(false);
    }
  }

  private void start(boolean held) {
    Worker worker = launch.slot(workers.size());
    worker.held = held;
    workers.add(worker);
    lives.start(worker);
  }

  // Feeding.

  /** How many workers the pool keeps. */
  public int workers() {
    return workers.size();
  }

  /**
   * Keeps so many workers from now on, unless it has more. Those that are new may use all cores,
   * and are chosen for no tasks until {@link #hold} says otherwise.
   */
  public void grow(int count) {
    while (workers.size() < count) {
      start(true);
    }
  }

  /** The worker that gets the next tasks of a class; -1 when none has room. */
  public int choose(int classId) {
    return feeding.choose(classId);
  }

  /** How many tasks of a class a worker may be sent now. */
  public int room(int worker, int classId) {
    return feeding.room(worker, classId);
  }

  /** Whether a worker is chosen for no tasks from now on; it may be sent some nevertheless. */
  public void hold(int worker, boolean held) {
    workers.get(worker).held = held;
  }

  /** Whether a worker has tasks that it has not answered. */
  public boolean hasTasks(int worker) {
    return !workers.get(worker).inFlight.isEmpty();
  }

  /** Whether a worker takes tasks, and has none. */
  public boolean isFree(int worker) {
    return workers.get(worker).isReady() && !hasTasks(worker);
  }

  /** Tells a worker what the tasks that it is sent from now on have of the node, in lines. */
  public void allot(int worker, Map<String, String> lines) {
    allotting.tell(workers.get(worker), lines);
  }

  /** The writer of a worker's frames, after what it must know for the class. */
  public FrameWriter prepare(int worker, int classId) {
    return feeding.prepare(workers.get(worker), classId);
  }

  /** Notes the tasks, from an index on, of a frame that was just written to {@link #prepare}'s. */
  public void sent(int worker, int classId, long[] sent, int[] under, int from, int count) {
    Worker to = workers.get(worker);
    feeding.sent(to, classId, sent, under, from, count);
    traffic.flush(to);
  }

  /** Remembers a function for the workers that will need it. */
  public void function(FunctionDefinition function) {
    definitions.function(function);
    if (function.id() == 0) {
      ready().forEach(worker -> definitions.tellInitializer(worker.known, worker.writer));
    }
  }

  /** Remembers a class for the workers that will need it. */
  public void define(ClassDefinition definition) {
    definitions.define(definition);
  }

  /** Sends a SHARE frame to all workers, those to come included. */
  public void share(FrameView frame) {
    byte[] bytes = definitions.share(frame);
    ready().forEach(worker -> worker.writer.whole(bytes));
  }

  /** Takes a shared object back. */
  public void unshare(int object) {
    definitions.unshare(object);
    ready().forEach(worker -> worker.writer.frame(Kind.UNSHARE, 0, 0, object, new byte[0]));
  }

  private List<Worker> ready() {
    return workers.stream().filter(Worker::isReady).toList();
  }

  // Stopping tasks.

  /** Takes a task back that a worker has and has not begun; the listener hears {@code returned}. */
  public boolean recall(long task) {
    for (Worker worker : workers) {
      long sequence = worker.inFlight.find(task);
      if (sequence >= 0) {
        return watch.recall(worker, sequence);
      }
    }
    return false;
  }

  /**
   * Ends a task that a worker has, with its process if it runs: the listener hears {@code killed},
   * or its result if it was done before. False when no worker has it.
   */
  public boolean kill(long task) {
    return watch.wishes().kill(workers, task);
  }

  /** How long a task of a class takes, from those that ran; -1 while none has. */
  public long meanNanos(int classId) {
    return credit.meanNanos(classId);
  }

  /** Whether no worker has a task. */
  public boolean hasNothing() {
    for (int i = 0; i < workers.size(); i++) {
      if (!workers.get(i).inFlight.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** How many tasks all workers have. */
  public int tasks() {
    int tasks = 0;
    for (int i = 0; i < workers.size(); i++) {
      tasks += workers.get(i).inFlight.size();
    }
    return tasks;
  }

  /** The worker that has a task, and how far it is with it; empty when none has it. */
  public Optional<String> holder(long task) {
    for (Worker worker : workers) {
      long sequence = worker.inFlight.find(task);
      if (sequence >= 0) {
        return Optional.of(worker.name + " (pid " + worker.pid + ") " + doing(worker, sequence));
      }
    }
    return Optional.empty();
  }

  private String doing(Worker worker, long sequence) {
    return sequence == worker.running() && sequence == worker.seenRunning
        ? "runs it for %.1f s".formatted((nanoClock.getAsLong() - worker.runningSinceNanos) / 1e9)
        : "has it, behind %d others".formatted(sequence - worker.inFlight.head());
  }

  /** Tells each task that workers have, with its attempt. */
  public void forEachTask(TaskConsumer consumer) {
    for (Worker worker : workers) {
      worker.inFlight.forEach(consumer);
    }
  }

  /** Hears of a task. */
  @FunctionalInterface
  public interface TaskConsumer {
    void accept(long task, int attempt);
  }

  // The loop.

  /** Does what is there to do; how much that was. */
  public int doWork() {
    int work = reception.doWork();
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      if (worker.link != null) {
        work += traffic.read(worker);
        work += traffic.flush(worker);
      }
    }
    return work + upkeep.doWork(nanoClock.getAsLong(), traffic.sawEnd());
  }

  /** How long the loop may sleep when no link wakes it. */
  public long sleepNanos(long nowNanos) {
    return upkeep.sleepNanos(nowNanos);
  }

  /**
   * Gives idle workers something to do: takes back what stands behind long tasks.
   *
   * @param ready how many tasks wait for a worker
   */
  public void balance(int ready) {
    if (ready == 0) {
      watch.balance(workers, nanoClock.getAsLong());
    }
  }

  /** One line for each worker, by its name. */
  public Map<String, String> describe() {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Worker worker : workers) {
      lines.put(
          worker.name,
          "pid "
              + worker.pid
              + ", "
              + worker.phase.name().toLowerCase(java.util.Locale.ROOT)
              + ", has "
              + worker.inFlight.size()
              + ", answered "
              + worker.answered);
    }
    return lines;
  }

  /** Ends all workers within a bounded time; their tasks are not reported any more. */
  @Override
  public void close() {
    reception.close();
    new Shutdown(workers, nanoClock).run();
    lives.close();
  }
}
