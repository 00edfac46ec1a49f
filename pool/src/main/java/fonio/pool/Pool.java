package fonio.pool;

import fonio.transport.Link;
import fonio.transport.LinkSet;
import fonio.transport.Listener;
import fonio.transport.Membarrier;
import fonio.transport.RingFile;
import fonio.transport.RingLink;
import fonio.transport.Side;
import fonio.transport.SocketLink;
import fonio.wire.ClassDefinition;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.FunctionDefinition;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import fonio.wire.MalformedFrameException;
import fonio.wire.Status;
import java.nio.channels.SocketChannel;
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
  private static final long BUSY_TICK_NANOS = 2_000_000;
  private static final long IDLE_TICK_NANOS = 50_000_000;
  private static final long LINGER_NANOS = 1_000_000_000;
  private static final int MOST_EARLY_DEATHS = 3;
  private static final int LAST_BYTES = 2000;

  private final PoolConfig config;
  private final PoolListener listener;
  private final LinkSet links;
  private final LongSupplier nanoClock;
  private final Launch launch;
  private final Reception reception;
  private final Credit credit;
  private final Watch watch;
  private final Definitions definitions = new Definitions();
  private final List<Worker> workers = new ArrayList<>();
  private final View view = new View();
  private long[] tasks = new long[64];
  private int[] attempts = new int[64];
  private long nextTickNanos;
  private long nextLogNanos;
  private boolean idle = true;

  /** Makes ready what starting the first worker needs, on a thread that has nothing else to do. */
  public static void prepare() {
    Membarrier.isAvailable();
    PosixSpawn.prepare();
  }

  /** Listens and starts all workers; they report when they are ready. */
  public Pool(PoolConfig config, PoolListener listener, LinkSet links, LongSupplier nanoClock) {
    this.config = config;
    this.listener = listener;
    this.links = links;
    this.nanoClock = nanoClock;
    this.launch = new Launch(config);
    this.credit = new Credit(config.creditNanos());
    this.watch = new Watch(definitions, listener);
    this.reception = new Reception(Listener.open(config.socket()), links, new Entrance());
    for (int index = 0; index < config.workers(); index++) {
      Worker worker = launch.slot(index);
      workers.add(worker);
      start(worker);
    }
  }

  // Feeding.

  /** How many workers the pool keeps. */
  public int workers() {
    return workers.size();
  }

  /** The worker that gets the next tasks of a class; -1 when none has room. */
  public int choose(int classId) {
    view.classId = classId;
    return config.placement().choose(view);
  }

  /** How many tasks of a class a worker may be sent now. */
  public int room(int worker, int classId) {
    return room(workers.get(worker), classId);
  }

  private int room(Worker worker, int classId) {
    if (!worker.isReady() || worker.isHeldUp()) {
      return 0;
    }
    InFlight inFlight = worker.inFlight;
    int room = credit.room(classId, inFlight.size(), inFlight.queuedNanos());
    int most = config.maxTasksPerChild();
    return most == 0 ? room : Math.min(room, most - worker.answered - inFlight.size());
  }

  /** The writer of a worker's frames, after what it must know for the class. */
  public FrameWriter prepare(int worker, int classId) {
    Worker to = workers.get(worker);
    definitions.ensure(to, classId);
    return to.writer;
  }

  /** Notes the tasks of a TASKS frame that was just written to {@link #prepare}'s writer. */
  public void sent(int worker, int classId, long[] sent, int[] under, int count) {
    Worker to = workers.get(worker);
    long estimate = credit.estimateNanos(classId);
    for (int i = 0; i < count; i++) {
      to.inFlight.add(sent[i], under[i], classId, estimate);
    }
    flush(to);
  }

  /** Remembers a function for the workers that will need it. */
  public void function(FunctionDefinition function) {
    definitions.function(function);
    if (function.id() == 0) {
      ready().forEach(definitions::sendInitializer);
    }
  }

  /** Remembers a class for the workers that will need it. */
  public void define(ClassDefinition definition) {
    definitions.define(definition);
  }

  /** Sends a SHARE frame to all workers, those to come included. */
  public void share(FrameView frame) {
    byte[] bytes = definitions.share(frame);
    ready().forEach(worker -> Definitions.append(worker.outQueue, bytes));
  }

  /** Takes a shared object back. */
  public void unshare(int object) {
    definitions.unshare(object);
    ready().forEach(worker -> Definitions.unshare(worker, object));
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

  /** Ends the process that runs a task; the listener hears {@code killed}. */
  public boolean kill(long task) {
    for (Worker worker : workers) {
      long sequence = worker.inFlight.find(task);
      if (sequence >= 0 && worker.running() == sequence) {
        watch.kill(worker, sequence, Worker.Killed.BY_OWNER);
        return true;
      }
    }
    return false;
  }

  // The loop.

  /** Does what is there to do; how much that was. */
  public int doWork() {
    int work = reception.doWork();
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      if (worker.link != null) {
        work += read(worker);
        work += flush(worker);
      }
    }
    long now = nanoClock.getAsLong();
    if (now - nextTickNanos >= 0) {
      work += tick(now);
      idle = workers.stream().allMatch(w -> w.inFlight.isEmpty() && w.phase == Worker.Phase.READY);
      nextTickNanos = now + (idle ? IDLE_TICK_NANOS : BUSY_TICK_NANOS);
    }
    return work;
  }

  /** How long the loop may sleep when no link wakes it. */
  public long sleepNanos(long nowNanos) {
    boolean nothing = true;
    for (int i = 0; i < workers.size() && nothing; i++) {
      nothing = workers.get(i).inFlight.isEmpty() && workers.get(i).isReady();
    }
    return nothing && idle ? 4 * IDLE_TICK_NANOS : Math.max(0, nextTickNanos - nowNanos);
  }

  private int read(Worker worker) {
    Link link = worker.link;
    if (link == null || worker.distrusted) {
      return 0;
    }
    int bytes = 0;
    try {
      bytes = link.read(worker.in);
      if (bytes == Link.GONE) {
        linkEnded(worker, link);
        return 0;
      }
      while (bytes > 0 && worker.frame.next(worker.in)) {
        take(worker);
        worker.in.consumed(worker.frame.size());
      }
    } catch (MalformedFrameException e) {
      watch.distrust(worker, e);
    }
    return bytes;
  }

  /** The end of a link is not yet that of its process, and must not keep the loop awake. */
  private void linkEnded(Worker worker, Link link) {
    link.wantInput(false);
    if (worker.endedLinkAtNanos == 0) {
      worker.endedLinkAtNanos = nanoClock.getAsLong();
      nextTickNanos = worker.endedLinkAtNanos;
    }
  }

  private void take(Worker worker) {
    FrameView frame = worker.frame;
    if (frame.kind() != Kind.RESULTS) {
      throw new MalformedFrameException(
          frame.kind(), 0, "a worker does not send " + Kind.name(frame.kind()));
    }
    int count = frame.count();
    if (count > tasks.length) {
      tasks = new long[Math.max(count, tasks.length * 2)];
      attempts = new int[tasks.length];
    }
    InFlight inFlight = worker.inFlight;
    long oldest = inFlight.head();
    for (int i = 0; i < count; i++) {
      if (oldest + i >= inFlight.tail()
          || (inFlight.task(oldest + i) & 0xFFFF_FFFFL) != frame.task(i)) {
        throw new MalformedFrameException(
            frame.kind(), 0, "its answer about task " + frame.task(i) + " is not due");
      }
    }
    int classId = count == 0 ? 0 : inFlight.classId(oldest);
    int ran = 0;
    for (int i = 0; i < count; i++) {
      ran += frame.status(i) == Status.SKIPPED ? 0 : 1;
      tasks[i] = inFlight.task(oldest + i);
      attempts[i] = inFlight.attempt(oldest + i);
      inFlight.next();
    }
    worker.answered += count;
    worker.earlyDeaths = 0;
    if (ran > 0 && frame.ranNanos() >= 0) {
      credit.learn(classId, ran, frame.ranNanos());
    }
    listener.results(worker.index, frame, tasks, attempts);
    retireIfDone(worker);
  }

  private void retireIfDone(Worker worker) {
    int most = config.maxTasksPerChild();
    if (most > 0 && worker.answered >= most && worker.inFlight.isEmpty() && worker.isReady()) {
      worker.phase = Worker.Phase.ENDING;
      worker.writer.frame(Kind.CLOSE, 0, 0, 0, new byte[0]);
      flush(worker);
    }
  }

  private int flush(Worker worker) {
    Link link = worker.link;
    if (link == null || worker.distrusted || worker.outQueue.isEmpty()) {
      return 0;
    }
    try {
      return link.write(worker.outQueue);
    } catch (MalformedFrameException e) {
      watch.distrust(worker, e);
      return 0;
    }
  }

  private int tick(long now) {
    int work = 0;
    for (Worker worker : workers) {
      switch (worker.phase) {
        case EMPTY -> {
          if (now - worker.startAtNanos >= 0) {
            start(worker);
            work++;
          }
        }
        case STARTING, READY, ENDING -> {
          Optional<ExitStatus> status = Processes.ended(worker.pid);
          if (status.isPresent()) {
            ended(worker, status.get(), now);
            work++;
          } else if (worker.endedLinkAtNanos != 0 && now - worker.endedLinkAtNanos > LINGER_NANOS) {
            Processes.signalGroup(worker.pid, Processes.SIGKILL);
          }
        }
      }
    }
    watch.recalls(workers, now);
    watch.walltimes(workers, now);
    if (now - nextLogNanos >= 0) {
      nextLogNanos = now + IDLE_TICK_NANOS;
      workers.forEach(worker -> passOutput(worker, false));
    }
    return work;
  }

  private void passOutput(Worker worker, boolean all) {
    worker.out.read(all, text -> listener.output(worker.index, false, text));
    worker.err.read(all, text -> listener.output(worker.index, true, text));
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

  // Lives of processes.

  private void start(Worker worker) {
    worker.generation++;
    worker.phase = Worker.Phase.STARTING;
    try {
      launch.start(worker);
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
      while (read(worker) > 0) {
        Thread.onSpinWait();
      }
      links.remove(link);
    }
    passOutput(worker, true);
    WorkerDeath death =
        new WorkerDeath(worker.name, worker.pid, status, worker.err.last(LAST_BYTES));
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

  /** Where workers come in. */
  private final class Entrance implements Reception.Host {
    @Override
    public Greeting welcome(Greeting hello) {
      Worker worker = known(hello);
      Map<String, String> entries = new LinkedHashMap<>(config.welcome());
      entries.put(
          "maker", Integer.toString(config.firstMaker() + worker.index + worker.generation * 4096));
      entries.put("ring", config.ringCapacity() > 0 ? "1" : "0");
      return Greeting.of(entries);
    }

    private Worker known(Greeting hello) {
      if (!hello.required("token").equals(config.token())) {
        throw new IllegalArgumentException("its token is not that of this run");
      }
      String codec = hello.entry("codec", "");
      if (!codec.startsWith(config.codec())) {
        throw new IllegalArgumentException(
            "the worker's codec is "
                + codec
                + ", the client's is "
                + config.codec()
                + ": use the same interpreter");
      }
      String digest = hello.entry("classes", "");
      if (!config.digest().isEmpty() && !digest.equals(config.digest())) {
        throw new IllegalArgumentException(
            "the worker's classes have digest "
                + digest
                + ", the client's "
                + config.digest()
                + ": use the same class path");
      }
      int index = Integer.parseInt(hello.required("worker"));
      int generation = Integer.parseInt(hello.required("generation"));
      if (index < 0 || index >= workers.size() || !awaits(index, generation)) {
        throw new IllegalArgumentException(
            "worker " + index + " of generation " + generation + " is not awaited");
      }
      return workers.get(index);
    }

    private boolean awaits(int index, int generation) {
      Worker worker = workers.get(index);
      return worker.generation == generation && worker.phase == Worker.Phase.STARTING;
    }

    @Override
    public void entered(Greeting hello, SocketChannel channel) {
      Worker worker = workers.get(Integer.parseInt(hello.required("worker")));
      RingFile file = worker.file;
      if (file == null) {
        throw new IllegalStateException(worker.name + " has no ring file");
      }
      file.unlink();
      Link link =
          config.ringCapacity() > 0
              ? new RingLink(channel, file, Side.UPPER)
              : new SocketLink(channel);
      worker.link = link;
      worker.phase = Worker.Phase.READY;
      links.add(link);
      definitions.greet(worker);
    }
  }

  /** What a placement sees of the workers. */
  private final class View implements Placement.View {
    private int classId;

    @Override
    public int workers() {
      return workers.size();
    }

    @Override
    public int room(int worker) {
      return Pool.this.room(workers.get(worker), classId);
    }

    @Override
    public int load(int worker) {
      return workers.get(worker).inFlight.size();
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
