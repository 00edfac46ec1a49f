package fonio.engine;

import fonio.executors.DirectLane;
import fonio.executors.Lane;
import fonio.memo.Commits;
import fonio.memo.Store;
import fonio.pool.PoolConfig;
import fonio.transport.Link;
import fonio.transport.LinkSet;
import fonio.transport.RunFolder;
import fonio.transport.Segments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * One engine for one client: puts kernel, lanes, memo and session together and takes them apart.
 */
final class EngineProcess implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(10);
  private static final int MAKER = 2;
  private static final int FIRST_WORKER_MAKER = 16;

  private final RunFolder folder;
  private final LinkSet links = LinkSet.open();
  private final List<Lane> lanes = new ArrayList<>();
  private final Dataflow dataflow;
  private final Session session;
  private final EngineLoop loop;
  private final Link client;
  private final Store store;
  private final History history;
  private final Control control;

  private EngineProcess(EngineConfig config, Link client, LongSupplier nanoClock) {
    this.client = client;
    this.folder = RunFolder.join(config.segments());
    links.add(client);
    Account account = new Account(nanoClock.getAsLong());
    Outbox outbox = new Outbox(config.holdResults().toNanos());
    Segments segments = new Segments(config.segments(), config.spill(), MAKER);
    Wiring wiring = new Wiring();
    this.dataflow =
        new Dataflow(
            new Catalog(laneNumbers(config)), outbox, account, wiring, segments::delete, nanoClock);
    AtomicInteger makers = new AtomicInteger(FIRST_WORKER_MAKER);
    for (int lane = 0; lane < config.executors().size(); lane++) {
      lanes.add(
          config.executors().get(lane).isDirect()
              ? direct(config, lane, makers::getAndIncrement, nanoClock)
              : HtexLanes.open(
                  lane,
                  PoolConfigs.htex(config, lane),
                  new Surroundings(
                      dataflow.kernel(),
                      dataflow.payloads(),
                      dataflow.reports(),
                      segments,
                      links,
                      nanoClock)));
    }
    account.workers = lanes.stream().mapToInt(Lane::workers).sum();
    this.store = new Store(config.state(), commits(config), links::wakeup, wiring::complain);
    Reasons reasons = new Reasons(segments);
    Desk desk = new Desk(dataflow, lanes, account, nanoClock, store::commit, reasons);
    this.control =
        Control.open(
            config.segments().resolve(ControlClient.SOCKET),
            facts(config),
            config.token(),
            desk,
            links,
            nanoClock,
            wiring::complain);
    this.history = new History(config.run(), store, desk::account, nanoClock);
    MemoGate gate = new MemoGate(dataflow, segments, isKept(config) ? store : null);
    if (config.memoize()) {
      dataflow.memory(gate);
    }
    dataflow.history(history, reasons);
    this.session = new Session(client, desk);
    wiring.session = session;
    this.loop =
        new EngineLoop(
            session,
            dataflow,
            outbox,
            lanes,
            links,
            () -> gate.doWork() + history.doWork() + store.tellCommits(),
            control,
            nanoClock);
  }

  private Lane direct(EngineConfig config, int lane, IntSupplier makers, LongSupplier nanoClock) {
    PoolConfig pool = PoolConfigs.of(config, lane, makers);
    return new DirectLane(
        lane, dataflow.kernel(), dataflow.payloads(), dataflow.reports(), pool, links, nanoClock);
  }

  static EngineProcess start(EngineConfig config, Link client, LongSupplier nanoClock) {
    return new EngineProcess(config, client, nanoClock);
  }

  void run() {
    loop.run();
  }

  private static Map<String, String> facts(EngineConfig config) {
    return Map.of(
        "run", config.run().toAbsolutePath().toString(),
        "pid", Long.toString(ProcessHandle.current().pid()),
        "client", Long.toString(config.clientPid()));
  }

  /** Results of other runs count, and this run's are kept, when checkpoints are asked for. */
  private static boolean isKept(EngineConfig config) {
    return config.checkpoint() != EngineConfig.Checkpoint.NONE;
  }

  private static Commits commits(EngineConfig config) {
    Commits.Mode mode =
        switch (config.checkpoint()) {
          case TASK_EXIT, NONE -> Commits.Mode.EACH;
          case PERIODIC -> Commits.Mode.PERIODIC;
          case DFK_EXIT -> Commits.Mode.AT_END;
          case MANUAL -> Commits.Mode.MANUAL;
        };
    return new Commits(mode, config.checkpointPeriod());
  }

  private static Map<String, Integer> laneNumbers(EngineConfig config) {
    Map<String, Integer> numbers = new HashMap<>();
    for (EngineConfig.ExecutorSettings executor : config.executors()) {
      if (numbers.putIfAbsent(executor.label(), numbers.size()) != null) {
        throw new IllegalArgumentException(
            "two executors have the label '" + executor.label() + "'; give each its own");
      }
    }
    return numbers;
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
    history.finish();
    store.close(STORE_PATIENCE);
    if (!session.isGone()) {
      loop.flush(LAST_WORDS);
    }
    client.close();
    control.close();
    links.close();
    dataflow.close();
    folder.close();
  }

  /** Joins dataflow and session, which know each other. */
  private static final class Wiring implements ClientPort {
    private ClientPort session = new Nobody();

    /** Says something that concerns no worker; from any thread, so to the engine's log. */
    void complain(String text) {
      System.err.println("fonio engine: " + text);
    }

    @Override
    public void ask(long task, Result failure) {
      session.ask(task, failure);
    }

    @Override
    public void verdict(long task) {
      session.verdict(task);
    }

    @Override
    public void output(int worker, boolean error, String text) {
      session.output(worker, error, text);
    }
  }

  /** Nobody listens yet. */
  private static final class Nobody implements ClientPort {
    @Override
    public void ask(long task, Result failure) {
      throw new IllegalStateException("task " + task + " failed before there was a client");
    }

    @Override
    public void verdict(long task) {
      throw new IllegalStateException("task " + task + " was asked for before there was a client");
    }

    @Override
    public void output(int worker, boolean error, String text) {
      System.err.print(text);
    }
  }
}
