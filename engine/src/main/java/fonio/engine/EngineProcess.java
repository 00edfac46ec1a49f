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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One engine for one client: puts kernel, lanes, memo and session together and takes them apart.
 */
final class EngineProcess implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(10);
  private static final int MAKER = 2;
  private static final int FIRST_WORKER_MAKER = 16;

  private final RunFolder folder;
  private final LinkSet links;
  private final List<Lane> lanes = new ArrayList<>();
  private final Dataflow dataflow;
  private final Seat seat;
  private final EngineLoop loop;
  private final @Nullable RecoveredRun recovered;
  private final Store store;
  private final Outbox outbox;
  private final Path payloads;
  private final History history;
  private final Control control;

  private EngineProcess(
      EngineConfig config,
      Supplier<Link> connect,
      LinkSet links,
      @Nullable RecoveredRun recovered,
      LongSupplier nanoClock) {
    this.links = links;
    this.recovered = recovered;
    this.folder = RunFolder.join(config.segments());
    Account account = new Account(nanoClock.getAsLong());
    this.payloads = config.payloads();
    this.outbox = new Outbox(config.holdResults().toNanos());
    Segments segments =
        new Segments(config.payloads(), config.spill(), config.durability().maker(MAKER));
    RunJournal journal = recovered == null ? null : recovered.writer();
    LateDeletes deletes = new LateDeletes(segments::delete);
    Delivery delivery = new Delivery(outbox, journal, deletes);
    this.seat = new Seat(links, delivery, () -> Hello.again(config, journal));
    this.dataflow =
        new Dataflow(
            config.durability().firstAttempt(),
            new Catalog(laneNumbers(config)),
            outbox,
            account,
            seat,
            journal == null ? segments::delete : deletes,
            nanoClock);
    AtomicInteger makers = new AtomicInteger(config.durability().maker(FIRST_WORKER_MAKER));
    Link client;
    try {
      for (int lane = 0; lane < lanesOf(config, recovered); lane++) {
        lanes.add(lane(config, lane, segments, delivery, makers::getAndIncrement, nanoClock));
      }
      client = connect.get();
    } catch (RuntimeException e) {
      if (recovered == null) {
        lanes.forEach(Lane::close);
      }
      throw e;
    }
    links.add(client);
    dataflow.copies(task -> lanes.forEach(lane -> lane.released(task)));
    account.workers = lanes.stream().mapToInt(Lane::workers).sum();
    this.store = new Store(config.state(), commits(config), links::wakeup, EngineProcess::complain);
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
            EngineProcess::complain);
    this.history = new History(config.run(), store, desk::account, nanoClock);
    MemoGate gate = new MemoGate(dataflow, segments, isKept(config) ? store : null);
    if (config.memoize()) {
      dataflow.memory(gate);
    }
    dataflow.history(history, reasons);
    if (recovered != null && journal != null) {
      dataflow.journal(journal);
      desk.attach(socket -> seat.invite(Path.of(socket), to -> new Session(to, desk, journal)));
      gate.restore(recovered.state(), journal);
      recovered.restore(desk, account, history, segments);
    }
    seat.take(client, new Session(client, desk, journal), config.durability().quiet());
    if (config.durability().attached()) {
      new Orphans(dataflow).end();
    }
    this.loop =
        new EngineLoop(
            seat,
            config.durability().keepsOn(),
            delivery,
            journal,
            dataflow,
            outbox,
            lanes,
            links,
            () -> gate.doWork() + history.doWork() + store.tellCommits(),
            control,
            nanoClock);
  }

  private Lane lane(
      EngineConfig config,
      int lane,
      Segments segments,
      Delivery delivery,
      IntSupplier makers,
      LongSupplier nanoClock) {
    if (config.executors().get(lane).isDirect()) {
      return direct(config, lane, makers, nanoClock);
    }
    return HtexLanes.open(
        lane,
        PoolConfigs.htex(config, lane),
        new Surroundings(
            dataflow.kernel(),
            dataflow.payloads(),
            dataflow.reports(),
            segments,
            delivery,
            links,
            nanoClock));
  }

  private Lane direct(EngineConfig config, int lane, IntSupplier makers, LongSupplier nanoClock) {
    try {
      PoolConfig pool = PoolConfigs.of(config, lane, makers);
      return new DirectLane(
          lane, dataflow.kernel(), dataflow.payloads(), dataflow.reports(), pool, links, nanoClock);
    } catch (IllegalArgumentException e) {
      throw config.executors().get(lane).keys().unusable(e);
    }
  }

  /**
   * Starts an engine: its executors first, so that a client is greeted by one that can run tasks.
   *
   * @param connect opens the link to its client
   * @param links where its links are watched
   * @param recovered what a durable run has written down; null when the run is not durable
   */
  static EngineProcess start(
      EngineConfig config,
      Supplier<Link> connect,
      LinkSet links,
      @Nullable RecoveredRun recovered,
      LongSupplier nanoClock) {
    return new EngineProcess(config, connect, links, recovered, nanoClock);
  }

  /** Who only wants results that are there already needs no workers. */
  private static int lanesOf(EngineConfig config, @Nullable RecoveredRun recovered) {
    boolean idle = recovered != null && config.durability().attached() && !recovered.isToRun();
    return idle ? 0 : config.executors().size();
  }

  /** Says something that concerns no worker; from any thread, so to the engine's log. */
  private static void complain(String text) {
    System.err.println("fonio engine: " + text);
  }

  void run() {
    loop.run();
  }

  private static Map<String, String> facts(EngineConfig config) {
    Map<String, String> facts = new HashMap<>();
    facts.put("run", config.run().toAbsolutePath().toString());
    facts.put("pid", Long.toString(ProcessHandle.current().pid()));
    facts.put("client", Long.toString(config.clientPid()));
    if (config.durability().isOn()) {
      facts.put("durable", config.durability().keepsOn() ? "kept" : "yes");
    }
    return facts;
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
    boolean alone = seat.session().isGone();
    boolean isOpen = dataflow.pending() > 0 || !outbox.isDone();
    if (!alone) {
      loop.flush(LAST_WORDS);
    }
    seat.clear();
    control.close();
    links.close();
    dataflow.close();
    if (recovered != null) {
      recovered.close();
      if (!isOpen) {
        RecoveredRun.removePayloads(payloads);
      }
    }
    if (alone && recovered != null) {
      folder.delete();
    } else {
      folder.close();
    }
  }
}
