package fonio.manager;

import fonio.pool.Pool;
import fonio.transport.LinkSet;
import fonio.transport.TlsIdentity;
import fonio.wire.ClassDefinition;
import fonio.wire.FrameView;
import fonio.wire.FunctionDefinition;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import fonio.wire.Lines;
import fonio.wire.MalformedFrameException;
import fonio.wire.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The pool of one node, fed over a link by an interchange. */
public final class Manager implements AutoCloseable {
  /*
   * Concurrency: one loop, the thread that calls run, does everything.
   *
   * Tasks come in frames into the backlog, and go to workers as these have room. What the workers answer goes up as it comes. When
   * the link breaks, workers go on; over the next link go first the results that were not acknowledged, then the list of tasks
   * that are still here. If the interchange has given this manager up meanwhile, all that it has is ended, and it begins anew.
   */
  private static final int FIRST_WORKER_MAKER = 16;
  private static final long MOST_SLEEP_NANOS = 200_000_000;
  private static final long WINDOWS_NANOS = 2_000_000;
  private static final long WALLTIME_MARGIN_NANOS = 3_000_000_000L;
  private static final long LEAST_PATIENCE_NANOS = 30_000_000_000L;
  private static final Duration KEY_PATIENCE = Duration.ofSeconds(30);

  private final ManagerOptions options;
  private final LongSupplier nanoClock;
  private final NodeResources node;
  private final LinkSet links = LinkSet.open();
  private final NodeFolders folders;
  private final Uplink uplink;
  private final WaitingTasks backlog;
  private final Intake intake;
  private final Results results;
  private final long endAtNanos;
  private @Nullable Pool pool;
  private Windows windows = new Windows(0, 0);
  private long nextWindowsNanos;
  private int sharers;
  private boolean draining;
  private volatile boolean closing;
  private String failure = "";

  /** Makes a manager that connects when it is {@link #run}. */
  public Manager(ManagerOptions options, LongSupplier nanoClock) throws IOException {
    this.options = options;
    this.nanoClock = nanoClock;
    this.node = NodeResources.find(System.getenv());
    this.endAtNanos =
        options
            .walltime()
            .map(most -> nanoClock.getAsLong() + most.toNanos())
            .orElse(Long.MAX_VALUE);
    Optional<TlsIdentity> tls = Optional.empty();
    if (options.tls().isPresent()) {
      tls = Optional.of(TlsIdentity.await(options.tls().get(), options.token(), KEY_PATIENCE));
    }
    this.folders = NodeFolders.create();
    long keepMegabytes = KeepRoom.megabytes(System.getenv(), folders.folder().path());
    Kept kept = new Kept(folders.segments(), keepMegabytes << 20);
    this.uplink =
        new Uplink(
            options,
            Introduction.of(options, node, keepMegabytes).entries(),
            tls,
            links,
            new Obedience(),
            nanoClock);
    this.results = new Results(folders.segments(), kept, uplink::results);
    this.intake = new Intake(options.name(), kept, results, uplink);
    this.backlog = new WaitingTasks(results);
  }

  /**
   * Serves until it is told to end, its walltime is near, or the interchange is lost.
   *
   * @return empty when it ended in order; otherwise why it did not
   */
  public String run() {
    while (!isOver()) {
      int work = turn();
      links.await(work > 0 ? 0 : sleepNanos());
    }
    return failure;
  }

  /** Ends {@link #run} soon; any thread may call it. */
  public void stop() {
    closing = true;
    links.wakeup();
  }

  private boolean isOver() {
    if (!uplink.refusal().isEmpty()) {
      failure = "refused by the interchange: " + uplink.refusal();
    }
    long patience = Math.max(LEAST_PATIENCE_NANOS, 2 * uplink.lostNanos());
    if (uplink.apartNanos() > patience) {
      failure =
          "no interchange answers for %d s at %s: %s"
              .formatted(patience / 1_000_000_000, options.addresses(), uplink.problem());
    }
    boolean done =
        draining
            && backlog.size() == 0
            && (pool == null || pool.hasNothing())
            && uplink.isSettled();
    return closing || done || !failure.isEmpty();
  }

  private int turn() {
    int work = uplink.doWork();
    Pool node = pool;
    if (node != null) {
      work += node.doWork();
      work += backlog.dispatch(node, nanoClock.getAsLong());
      tellWindows(node);
      work += uplink.doWork();
    }
    if (!draining && nanoClock.getAsLong() > drainAtNanos()) {
      drain("its walltime ends soon");
    }
    return work;
  }

  private long drainAtNanos() {
    return endAtNanos == Long.MAX_VALUE ? endAtNanos : endAtNanos - WALLTIME_MARGIN_NANOS;
  }

  private long sleepNanos() {
    long now = nanoClock.getAsLong();
    Pool node = pool;
    long sleep = Math.min(MOST_SLEEP_NANOS, uplink.sleepNanos());
    return Math.max(1, node == null ? sleep : Math.min(sleep, node.sleepNanos(now)));
  }

  private void tellWindows(Pool node) {
    long now = nanoClock.getAsLong();
    if (now - nextWindowsNanos < 0 || !uplink.isJoined() || draining) {
      return;
    }
    nextWindowsNanos = now + WINDOWS_NANOS;
    Map<String, String> lines = windows.changes(sharers, node::meanNanos);
    if (!lines.isEmpty()) {
      uplink.say(Kind.CAPACITY, 0, 0, Lines.encode(lines));
    }
  }

  /** Takes no more tasks, gives back what waits, and ends when the rest is done. */
  private void drain(String why) {
    if (draining) {
      return;
    }
    draining = true;
    System.err.println("fonio manager " + options.name() + ": it drains: " + why);
    uplink.say(Kind.DRAIN, 0, 0, new byte[0]);
    backlog.giveBack();
  }

  private Pool pool() {
    Pool node = pool;
    if (node == null) {
      throw new MalformedFrameException(0, 0, "a frame came before the pool was made");
    }
    return node;
  }

  private void open(Greeting welcome) {
    Orders orders = new Orders(welcome);
    try {
      PoolPlan plan =
          new PoolPlan(
              orders,
              node,
              options.name(),
              folders.folder().path(),
              folders.spill().path(),
              folders.token());
      AtomicInteger makers = new AtomicInteger(FIRST_WORKER_MAKER);
      pool =
          new Pool(
              plan.config(options.block(), makers::getAndIncrement),
              new PoolReports(options.name(), results, uplink, why -> failure = why),
              links,
              nanoClock);
      windows =
          new Windows(
              2000 * orders.number("credit_us", 1000), (int) orders.number("prefetch_capacity", 0));
      sharers = pool.workers();
      backlog.open(pool, NodePlan.of(orders, node), options.name());
    } catch (RuntimeException e) {
      uplink.say(Kind.FAULT, 0, 0, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
      uplink.doWork();
      failure = String.valueOf(e.getMessage());
    }
  }

  @Override
  public void close() {
    Pool node = pool;
    if (node != null) {
      node.close();
    }
    uplink.close();
    links.close();
    folders.close();
  }

  /** Does what the interchange says. */
  private final class Obedience implements Uplink.Listener {
    @Override
    public void welcomed(Greeting welcome, boolean resumed) {
      windows.forget();
      intake.kept().releaseAll();
      if (draining) {
        uplink.say(Kind.DRAIN, 0, 0, new byte[0]);
      }
      if (pool == null) {
        open(welcome);
      } else if (resumed) {
        Holdings.of(pool(), backlog).tell(uplink.writer());
      } else {
        beginAnew();
      }
    }

    /** The interchange has given all tasks to others. */
    private void beginAnew() {
      uplink.forgetResults();
      backlog.forEach((task, attempt) -> intake.kept().left(task));
      backlog.clear();
      Pool node = pool();
      List<Long> tasks = new ArrayList<>();
      node.forEachTask((task, attempt) -> tasks.add(task));
      tasks.forEach(node::kill);
    }

    @Override
    public void obey(FrameView frame) {
      switch (frame.kind()) {
        case Kind.TASKS -> {
          if (intake.admits(frame)) {
            backlog.add(frame, nanoClock.getAsLong());
          }
          if (draining) {
            backlog.giveBack();
          }
        }
        case Kind.FUNCTION -> pool().function(FunctionDefinition.decode(frame));
        case Kind.CLASS -> {
          ClassDefinition definition = ClassDefinition.decode(frame);
          pool().define(definition);
          backlog.define(definition, pool(), windows);
        }
        case Kind.SHARE -> pool().share(frame);
        case Kind.UNSHARE -> pool().unshare(frame.first());
        case Kind.RECALL -> recall(Integer.toUnsignedLong(frame.first()));
        case Kind.KILL -> kill(Integer.toUnsignedLong(frame.first()));
        case Kind.RELEASE -> intake.release(frame);
        case Kind.DRAIN -> drain("the interchange asks for it");
        case Kind.CLOSE -> closing = true;
        default ->
            throw new MalformedFrameException(
                frame.kind(), 0, "an interchange does not send " + Kind.name(frame.kind()));
      }
    }

    private void recall(long task) {
      boolean dropped =
          backlog.drop(task, (id, attempt) -> results.ended(id, attempt, Status.SKIPPED));
      if (!dropped && !pool().recall(task)) {
        uplink.say(Kind.VERDICT, 0, (int) task, new byte[0]);
      }
    }

    private void kill(long task) {
      boolean dropped =
          backlog.drop(
              task,
              (id, attempt) ->
                  results.ended(id, attempt, id == task ? Status.CANCELLED : Status.SKIPPED));
      if (!dropped) {
        pool().kill(task);
      }
    }
  }
}
