package fonio.engine;

import fonio.api.BlockExecutorConfig;
import fonio.api.DirectExecutor;
import fonio.api.ExecutorConfig;
import fonio.api.Options;
import fonio.api.TaskFuture;
import fonio.api.ThreadPoolExecutor;
import fonio.api.spi.Body;
import fonio.api.spi.Calls;
import fonio.kernel.TaskClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run inside this JVM: its lanes, and what its user asks of it. */
final class Library extends AppMaker implements Calls {
  private static final long BROKEN_PATIENCE_NANOS = 1_000_000_000;

  private final Settings settings;
  final Core core = new Core();
  private final List<ThreadLane> lanes = new ArrayList<>();
  private final List<LaneThread> threads = new ArrayList<>();
  private final Routes routes;
  private final Map<CallKey, LocalTask<?>> memo = new ConcurrentHashMap<>();
  private final Tally tally = new Tally();
  private final @Nullable JavaRunFolder folder;
  private final @Nullable WorkerLanes workers;
  private final @Nullable Notebook notebook;
  private final @Nullable Joins joins;
  private final Callers callers;
  private volatile boolean closing;

  Library(Settings settings) {
    this.settings = settings;
    this.folder = settings.needsFolder() ? JavaRunFolder.create(settings) : null;
    this.workers = settings.hasWorkers() ? new WorkerLanes(core) : null;
    try {
      settings.executors().forEach(this::open);
      this.notebook = Notebook.open(settings, folder, core, tally::memoHit).orElse(null);
    } catch (RuntimeException e) {
      if (workers != null) {
        workers.close();
      }
      throw e;
    }
    List<ThreadLane> ofExecutors = List.copyOf(lanes);
    this.joins = workers == null ? null : new Joins(core, lanes.size());
    if (joins != null) {
      lanes.add(joins.lane());
    }
    this.callers = new Callers(core, lanes, joins);
    this.routes = new Routes(settings, ofExecutors, workers, joins, callers::order);
    core.lanes(lanes, this::wakeWorkers);
    callers.order(core -> core.define(0, TaskClass.ofPromises()));
    threads.forEach(Thread::start);
    if (workers != null) {
      workers.start();
    }
  }

  private void wakeWorkers() {
    if (workers != null) {
      workers.wakeup();
    }
  }

  private void open(ExecutorConfig executor) {
    switch (executor) {
      case ThreadPoolExecutor pool -> open(pool);
      case DirectExecutor pool -> workers().open(pool, processes(pool));
      case BlockExecutorConfig blocks ->
          workers()
              .open(blocks, processes(blocks), Objects.requireNonNull(folder), settings.scaling());
    }
  }

  /** The number of a lane whose tasks run in other processes. */
  private int processes(ExecutorConfig executor) {
    ThreadLane lane = new ThreadLane(lanes.size(), executor.label(), 0);
    lanes.add(lane);
    return lane.number;
  }

  /** The lanes of worker processes; only for a run that has some. */
  WorkerLanes workers() {
    if (workers == null) {
      throw new IllegalStateException("this run has no worker processes");
    }
    return workers;
  }

  private void open(ThreadPoolExecutor pool) {
    ThreadLane lane = new ThreadLane(lanes.size(), pool.label(), pool.maxThreads());
    lanes.add(lane);
    for (int i = 0; i < pool.maxThreads(); i++) {
      threads.add(new LaneThread(core, lane, i));
    }
  }

  /** The threads of the program that call and wait. */
  Callers callers() {
    return callers;
  }

  @Override
  public Calls calls() {
    return this;
  }

  @Override
  public <R> TaskFuture<R> call(Body body, Options options, @Nullable Object[] arguments) {
    checkOpen();
    Given.unpack(arguments, this);
    Route route = routes.of(options, body);
    if (!options.cache() || !settings.appCache()) {
      return submit(route, body, arguments);
    }
    return cached(route, body, arguments);
  }

  private void checkOpen() {
    core.checkWhole();
    if (closing && callers.laneOfCaller() == null) {
      throw new IllegalStateException("the run is closed; call apps before the engine is closed");
    }
  }

  @SuppressWarnings("unchecked")
  private <R> LocalTask<R> cached(Route route, Body body, @Nullable Object[] arguments) {
    CallKey key = new CallKey(body, Arrays.asList(arguments.clone()));
    LocalTask<R> fresh = make(route, body, arguments);
    LocalTask<?> known = memo.putIfAbsent(key, fresh);
    if (known != null) {
      tally.memoHit();
      fresh.drop();
      return (LocalTask<R>) known;
    }
    fresh.whenEnded(() -> {
      if (!fresh.isGood()) {
        memo.remove(key, fresh);
      }
    });
    try {
      fresh.take(notebook == null ? null : notebook.note(body, arguments));
    } finally {
      pushed(fresh);
    }
    return fresh;
  }

  private <R> LocalTask<R> make(Route route, Body body, @Nullable Object[] arguments) {
    long id = tally.nextCall();
    return route.lane().inProcesses
        ? new RemoteTask<>(this, id, route, body, arguments)
        : new LocalTask<>(this, id, route, body, arguments);
  }

  private <R> LocalTask<R> submit(Route route, Body body, @Nullable Object[] arguments) {
    LocalTask<R> task = make(route, body, arguments);
    pushed(task);
    return task;
  }

  private void pushed(LocalTask<?> task) {
    boolean first = core.push(task);
    if (!task.lane().inProcesses) {
      core.turn();
    } else if (first) {
      wakeWorkers();
    }
    callers.awaitRoom(task.lane(), settings.mostOutstanding());
  }

  /** Asks something of the kernel, and something else once that has failed. */
  private <T> T ask(Function<Core, T> question, Function<Core, T> whenBroken) {
    Question<T> asked = new Question<>(question, whenBroken);
    core.push(asked);
    core.turn();
    return asked.answer();
  }

  @Override
  <R> TaskFuture<R> joined(Body body, Options options, @Nullable Object[] arguments) {
    checkOpen();
    Given.unpack(arguments, this);
    Route route = routes.ofJoin(options);
    if (joins != null && route.lane() == joins.lane()) {
      joins.start();
    }
    LocalTask<R> promise =
        submit(new Route(options, 0, route.lane()), nothing -> null, new Object[0]);
    Body outer =
        given -> {
          Object inner = body.run(given);
          if (inner instanceof LocalTask<?> task && task.isOf(this)) {
            task.whenEnded(() -> callers.order(with -> promise.fulfil(with, task)));
            return null;
          }
          throw new IllegalStateException(
              "a join app returned " + inner + "; return a future of the same run");
        };
    LocalTask<Object> first = submit(route, outer, arguments);
    first.whenEnded(() -> {
      if (!first.isGood()) {
        callers.order(with -> promise.fulfil(with, first));
      }
    });
    return promise;
  }

  boolean cancel(LocalTask<?> task) {
    boolean cancelled =
        ask(
            with -> {
              boolean done = with.kernel.cancel(task.row);
              with.settle();
              return done;
            },
            broken -> false);
    return cancelled || (task.lane().inProcesses && workers().cancel(task.lane().number, task.row));
  }

  /** Ends a task that a worker process has; false if it is done. */
  boolean kill(LocalTask<?> task) {
    while (!task.isDone()) {
      if (workers().kill(task.lane().number, task.row)) {
        callers.awaitUninterruptibly(task);
        return task.isCancelled();
      }
      if (cancel(task)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public fonio.api.Account account() {
    return ask(tally::account, tally::account);
  }

  @Override
  public void checkpoint() {
    if (notebook == null) {
      throw new IllegalStateException(
          "this run writes no checkpoints; set Config.checkpointMode, and do not set appCache to false");
    }
    notebook.checkpoint();
  }

  private long unfinished() {
    return ask(Core::unfinished, broken -> 0L);
  }

  @Override
  public void close() {
    if (callers.laneOfCaller() != null) {
      throw new IllegalStateException("a task cannot close its own run; close it where it began");
    }
    if (closing) {
      return;
    }
    closing = true;
    while (unfinished() > 0) {
      callers.helpAny();
    }
    core.close();
    if (workers != null) {
      workers.close();
    }
    if (joins != null) {
      threads.addAll(joins.threads());
    }
    boolean broken = core.isBroken();
    for (LaneThread thread : threads) {
      if (broken) {
        thread.interrupt();
      }
      LockSupport.unpark(thread);
    }
    Joined.all(threads, broken ? BROKEN_PATIENCE_NANOS : Long.MAX_VALUE);
    if (notebook != null) {
      notebook.close(account());
    } else if (folder != null) {
      folder.finish(account());
    }
    core.kernel.close();
  }
}
