package fonio.engine;

import fonio.api.BlockExecutorConfig;
import fonio.api.DirectExecutor;
import fonio.executors.DirectLane;
import fonio.executors.Lane;
import fonio.interchange.Safekeeping;
import fonio.kernel.TaskState;
import fonio.transport.LinkSet;
import fonio.wire.ClassDefinition;
import fonio.wire.FunctionDefinition;
import fonio.worker.LargeValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The lanes of a run in this JVM whose tasks run in worker processes, and their thread. */
final class WorkerLanes implements AutoCloseable {

  /*
   * Concurrency: pools and links are touched by this thread only, and while it holds the baton, as pools call the kernel. Others put
   * wishes into the inbox. A definition is put there before the first task of its class is pushed as an order; the thread does orders
   * first and the inbox then, so that it never dispatches a task before its definition.
   */

  private static final long BROKEN_PARK_NANOS = 20_000_000;
  private static final long CANCEL_SECONDS = 1;

  private final Core core;
  private final LinkSet links = LinkSet.open();
  private final WorkerFiles files = WorkerFiles.open();
  private final LargeValues large;
  private final Map<Integer, Lane> lanes = new HashMap<>();
  private final Recalls recalls = new Recalls();
  private final Inbox inbox = new Inbox();
  private final Thread thread = new Thread(this::run, "fonio-workers");
  private final LanePayloads payloads;
  private int work;
  private volatile boolean closed;

  WorkerLanes(Core core) {
    this.core = core;
    this.large = new LargeValues(files.segments());
    this.payloads = new LanePayloads(core, large);
    thread.setDaemon(true);
  }

  JavaWorkers workers() {
    return files.workers();
  }

  /** Where payloads go that are too large for a frame. */
  LargeValues largeValues() {
    return large;
  }

  void open(DirectExecutor executor, int lane) {
    open(executor, lane, workers());
  }

  void open(DirectExecutor executor, int lane, JavaWorkers started) {
    lanes.put(
        lane,
        new DirectLane(
            lane,
            core.kernel,
            payloads,
            new LaneOutcomes(core, large, executor.walltime(), recalls),
            started.pool(executor, lane),
            links,
            System::nanoTime));
  }

  void open(BlockExecutorConfig executor, int lane, JavaRunFolder run, Scaling scaling) {
    LaneOutcomes outcomes = new LaneOutcomes(core, large, Optional.empty(), recalls);
    lanes.put(
        lane,
        HtexLanes.open(
            lane,
            workers().plan(executor, run, scaling),
            new Surroundings(
                core.kernel,
                payloads,
                outcomes,
                files.segments(),
                Safekeeping.AT_ONCE,
                links,
                System::nanoTime)));
  }

  void start() {
    thread.start();
  }

  /** Has the thread look for ready tasks; it costs next to nothing when it runs already. */
  void wakeup() {
    if (inbox.isDeaf()) {
      LockSupport.unpark(thread);
    } else {
      links.wakeup();
    }
  }

  void define(int lane, FunctionDefinition function, ClassDefinition definition) {
    add(
        new Wish(() -> {
          lane(lane).function(function);
          lane(lane).define(definition);
          return true;
        }));
  }

  /**
   * Cancels a task that no worker has begun; false if it is too late for that, or if another
   * machine must be asked and the thread that asks is the one that would hear the answer.
   */
  boolean cancel(int lane, long row) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    boolean begun =
        granted(
            new Wish(() -> {
              boolean done = cancelledAtOnce(row, answer) || recalled(lane, row, answer);
              core.settle();
              return done;
            }));
    if (!begun || thread == Thread.currentThread()) {
      return answer.getNow(false);
    }
    return answer.completeOnTimeout(false, CANCEL_SECONDS, TimeUnit.SECONDS).join();
  }

  private boolean cancelledAtOnce(long row, CompletableFuture<Boolean> answer) {
    return core.kernel.cancel(row) && answer.complete(true);
  }

  /** Whether the task was taken back, or that is still open: then the answer says so later. */
  private boolean recalled(int lane, long row, CompletableFuture<Boolean> answer) {
    if (core.kernel.state(row) != TaskState.HELD) {
      return false;
    }
    switch (lane(lane).recall(row)) {
      case YES -> answer.complete(core.kernel.cancel(row));
      case NO -> answer.complete(false);
      case ASKED -> recalls.ask(row, answer);
    }
    return true;
  }

  /** Ends a task with its worker if it runs there; false if no worker has it. */
  boolean kill(int lane, long row) {
    return granted(new Wish(() -> lane(lane).kill(row)));
  }

  private void add(Wish wish) {
    inbox.add(wish);
    wakeup();
  }

  private boolean granted(Wish wish) {
    add(wish);
    if (thread == Thread.currentThread()) {
      while (!core.held(inbox::fulfil)) {
        Thread.onSpinWait();
      }
      wish.refuse();
    }
    return wish.answer().join();
  }

  private Lane lane(int number) {
    @Nullable Lane lane = lanes.get(number);
    if (lane == null) {
      throw new IllegalStateException("lane " + number + " has no worker processes");
    }
    return lane;
  }

  private void run() {
    try {
      Pause pause = new Pause();
      while (!closed && !core.isBroken()) {
        if (core.held(this::pass)) {
          pause.reset();
          links.await(work > 0 ? 0 : sleepNanos());
        } else {
          pause.once();
        }
      }
    } catch (Throwable cause) {
      fail(cause);
    } finally {
      refuseWishes();
      closeLanes();
      awaitClose();
      links.close();
    }
  }

  private void pass() {
    work = inbox.fulfil();
    for (Lane lane : lanes.values()) {
      work += lane.doWork() + lane.dispatch();
    }
    payloads.forget();
  }

  /** Ends all tasks of the lanes, until the run is closed. */
  private void fail(Throwable cause) {
    refuseWishes();
    BrokenLanes failed = new BrokenLanes(core, Set.copyOf(lanes.keySet()), cause);
    try {
      hold(failed::takeBack);
      hold(failed::endReady);
      closeLanes();
      while (!closed && !core.isBroken()) {
        hold(failed::endReady);
        LockSupport.parkNanos(this, BROKEN_PARK_NANOS);
      }
    } catch (RuntimeException | Error ofKernel) {
      core.breakDown(ofKernel);
    }
  }

  /** Others may wake this thread until then. */
  private void awaitClose() {
    while (!closed) {
      LockSupport.parkNanos(this, BROKEN_PARK_NANOS);
    }
  }

  private void hold(Runnable what) {
    Pause pause = new Pause();
    while (!core.held(what)) {
      pause.once();
    }
  }

  /** Who asks, or waits for a machine's answer, hears no. */
  private void refuseWishes() {
    inbox.refuse();
    recalls.refuse();
  }

  private void closeLanes() {
    for (Lane lane : lanes.values()) {
      try {
        lane.close();
      } catch (RuntimeException e) {
        System.err.println("fonio: workers were not ended in order: " + e);
      }
    }
    lanes.clear();
  }

  private long sleepNanos() {
    long now = System.nanoTime();
    long least = Long.MAX_VALUE;
    for (Lane lane : lanes.values()) {
      least = Math.min(least, lane.sleepNanos(now));
    }
    return Math.max(1, least);
  }

  @Override
  public void close() {
    closed = true;
    wakeup();
    if (thread.getState() == Thread.State.NEW) {
      refuseWishes();
      closeLanes();
      links.close();
    }
    Joined.all(List.of(thread));
    files.close();
  }
}
