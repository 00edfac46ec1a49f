package fonio.engine;

import fonio.api.DirectExecutor;
import fonio.executors.DirectLane;
import fonio.transport.LinkSet;
import fonio.transport.RunFolder;
import fonio.transport.Sweep;
import fonio.wire.ClassDefinition;
import fonio.wire.FunctionDefinition;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The lanes of a run in this JVM whose tasks run in worker processes, and their thread. */
final class WorkerLanes implements AutoCloseable {

  /*
   * Concurrency: pools and links are touched by this thread only, and while it holds the baton, as pools call the kernel. Others put
   * wishes into the inbox. A definition is put there before the first task of its class is pushed as an order; the thread does orders
   * first and the inbox then, so that it never dispatches a task before its definition.
   */

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final int FIRST_MAKER = 16;

  private final Core core;
  private final LinkSet links = LinkSet.open();
  private final RunFolder folder;
  private final JavaWorkers workers;
  private final Map<Integer, DirectLane> lanes = new HashMap<>();
  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "fonio-workers");
  private final LanePayloads payloads;
  private int work;
  private volatile boolean closed;

  WorkerLanes(Core core) {
    this.core = core;
    this.payloads = new LanePayloads(core);
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String hex = HexFormat.of().formatHex(random);
    Sweep.of(SHARED_MEMORY, Instant.now());
    this.folder = RunFolder.create(SHARED_MEMORY, hex.substring(32));
    AtomicInteger makers = new AtomicInteger(FIRST_MAKER);
    this.workers = JavaWorkers.of(folder.path(), hex.substring(0, 32), makers::getAndIncrement);
    thread.setDaemon(true);
  }

  JavaWorkers workers() {
    return workers;
  }

  void open(DirectExecutor executor, int lane) {
    open(executor, lane, workers);
  }

  void open(DirectExecutor executor, int lane, JavaWorkers started) {
    lanes.put(
        lane,
        new DirectLane(
            lane,
            core.kernel,
            payloads,
            new LaneOutcomes(core),
            started.pool(executor, lane),
            links,
            System::nanoTime));
  }

  void start() {
    thread.start();
  }

  /** Has the thread look for ready tasks; it costs next to nothing when it runs already. */
  void wakeup() {
    links.wakeup();
  }

  void define(int lane, FunctionDefinition function, ClassDefinition definition) {
    inbox.add(() -> {
      lane(lane).function(function);
      lane(lane).define(definition);
    });
    wakeup();
  }

  /** Ends a task with its worker if it runs there; false if no worker has it. */
  boolean kill(int lane, long row) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    inbox.add(() -> answer.complete(lane(lane).kill(row)));
    wakeup();
    return answer.join();
  }

  private DirectLane lane(int number) {
    @Nullable DirectLane lane = lanes.get(number);
    if (lane == null) {
      throw new IllegalStateException("lane " + number + " has no worker processes");
    }
    return lane;
  }

  private void run() {
    Pause pause = new Pause();
    while (!closed) {
      if (core.held(this::pass)) {
        pause.reset();
        links.await(work > 0 ? 0 : sleepNanos());
      } else {
        pause.once();
      }
    }
    lanes.values().forEach(DirectLane::close);
    links.close();
  }

  private void pass() {
    work = 0;
    for (Runnable wish = inbox.poll(); wish != null; wish = inbox.poll()) {
      wish.run();
      work++;
    }
    for (DirectLane lane : lanes.values()) {
      work += lane.doWork() + lane.dispatch();
    }
    payloads.forget();
  }

  private long sleepNanos() {
    long now = System.nanoTime();
    long least = Long.MAX_VALUE;
    for (DirectLane lane : lanes.values()) {
      least = Math.min(least, lane.sleepNanos(now));
    }
    return Math.max(1, least);
  }

  @Override
  public void close() {
    closed = true;
    wakeup();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    folder.delete();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
