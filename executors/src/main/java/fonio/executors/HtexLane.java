package fonio.executors;

import fonio.interchange.Interchange;
import fonio.interchange.InterchangeConfig;
import fonio.interchange.ManagerInfo;
import fonio.interchange.Part;
import fonio.interchange.Safekeeping;
import fonio.kernel.Kernel;
import fonio.transport.LinkSet;
import fonio.transport.Segments;
import fonio.wire.ClassDefinition;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.FunctionDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The high-throughput executor: tasks of one lane of the kernel, to the managers of many nodes. */
public final class HtexLane implements Lane {
  private static final long NODES_NANOS = 10_000_000;

  private final int lane;
  private final Kernel kernel;
  private final Outcomes outcomes;
  private final String label;
  private final Interchange interchange;
  private final RemotePayloads payloads;
  private final HtexFeed feed;
  private final HtexReports reports;
  private final HtexReport report;
  private final LongSupplier nanoClock;
  private Homecoming homecoming = Homecoming.none();
  private Nodes nodes = new NoNodes();
  private Runnable atEnd = () -> {};
  private long nextNodesNanos;
  private @Nullable Fault failure;

  /**
   * Listens for managers; they get tasks as soon as they have come.
   *
   * @param safekeeping when managers need not keep the results that they sent
   * @param log takes lines for people
   */
  public HtexLane(
      int lane,
      Kernel kernel,
      Payloads payloads,
      Outcomes outcomes,
      InterchangeConfig config,
      Segments segments,
      Safekeeping safekeeping,
      LinkSet links,
      LongSupplier nanoClock,
      Consumer<String> log)
      throws IOException {
    this.lane = lane;
    this.kernel = kernel;
    this.outcomes = outcomes;
    this.label = config.label();
    this.nanoClock = nanoClock;
    this.reports =
        new HtexReports(
            outcomes,
            segments,
            new Keeper(),
            new Adopter(kernel, lane),
            line -> log.accept("executor " + label + ": " + line));
    this.interchange = new Interchange(config, reports, safekeeping, links, nanoClock);
    this.payloads = new RemotePayloads(payloads, segments, interchange::kept);
    this.feed =
        new HtexFeed(
            kernel, lane, interchange, this.payloads, outcomes, config.selection().isByData());
    this.report = new HtexReport(interchange);
  }

  /**
   * Names how a manager is started by hand.
   *
   * @param words of the command {@code manager}
   */
  public void invitation(String words) {
    report.invitation(words);
  }

  /** The port that managers connect to. */
  public int port() {
    return interchange.port();
  }

  /** Names who looks after the nodes. */
  public void nodes(Nodes keeper) {
    nodes = keeper;
  }

  /**
   * There was an engine before this one: its managers go on with what they hold, and no task is
   * sent until those of these names have come, or a time has passed.
   *
   * @param forget hears then who has not come
   */
  public void await(Set<String> managers, Duration atMost, Consumer<String> forget) {
    reports.adopt();
    homecoming = new Homecoming(managers, nanoClock.getAsLong() + atMost.toNanos(), forget);
  }

  /** Names what is done when the lane has closed. */
  public void atEnd(Runnable last) {
    atEnd = last;
  }

  /** Has the managers of a block finish what they have and end. */
  public void drain(String block) {
    interchange.managers().drain(Part.block(block));
  }

  /** How many tasks the managers of each block have. */
  public Map<String, Integer> loads() {
    return interchange.managers().loads();
  }

  /** Ends all tasks that nobody has, those to come too, as no manager will come for them. */
  public void fail(String text) {
    failure = new Fault("BadState", text, Map.of());
    outcomes.unusable(lane, failure);
  }

  @Override
  public int workers() {
    return interchange.managers().workers();
  }

  @Override
  public int doWork() {
    int work = interchange.doWork();
    long now = nanoClock.getAsLong();
    if (now - nextNodesNanos >= 0) {
      nextNodesNanos = now + NODES_NANOS;
      work += nodes.doWork((long) kernel.readyCount(lane) + interchange.outstanding());
    }
    return work;
  }

  @Override
  public int dispatch() {
    if (!homecoming.isOver(nanoClock.getAsLong())) {
      return 0;
    }
    Fault reason = failure;
    if (reason != null && interchange.managers().count() == 0) {
      outcomes.unusable(lane, reason);
    }
    return feed.turn();
  }

  @Override
  public long sleepNanos(long nowNanos) {
    long ofNodes = Math.max(nodes.sleepNanos(nowNanos), nextNodesNanos - nowNanos);
    long ofManagers = Math.min(interchange.sleepNanos(nowNanos), homecoming.sleepNanos(nowNanos));
    return Math.min(ofManagers, ofNodes);
  }

  @Override
  public void function(FunctionDefinition function) {
    interchange.function(function);
  }

  @Override
  public void define(ClassDefinition definition) {
    interchange.define(definition);
  }

  @Override
  public void share(FrameView frame) {
    payloads.share(frame, interchange::share);
  }

  @Override
  public void unshare(int object) {
    interchange.unshare(object);
  }

  @Override
  public void released(long task) {
    interchange.released(task);
  }

  @Override
  public Recalled recall(long task) {
    if (!interchange.recall(task)) {
      return Recalled.NO;
    }
    reports.recalled(task);
    return Recalled.ASKED;
  }

  @Override
  public boolean kill(long task) {
    return interchange.kill(task);
  }

  @Override
  public Concerned obey(Command command, String part) {
    return new Steering(interchange.managers(), nodes, report).obey(command, part);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Map<String, String> status() {
    return report.status(nodes.describe(), failureText());
  }

  @Override
  public Optional<String> holder(long task) {
    return report.holder(task);
  }

  @Override
  public List<String> obstacles() {
    String wait = homecoming.text(nanoClock.getAsLong());
    return wait.isEmpty() ? report.obstacles(nodes.describe(), failureText()) : List.of(wait);
  }

  private String failureText() {
    Fault reason = failure;
    return reason == null ? "" : reason.message();
  }

  @Override
  public Map<String, String> describe() {
    Map<String, String> lines = new LinkedHashMap<>();
    for (String line : nodes.describe()) {
      lines.put(label + "-blocks-" + lines.size(), line);
    }
    interchange.managers().views().forEach(view -> lines.put(view.info().name(), view.text()));
    return lines;
  }

  @Override
  public void close() {
    interchange.close();
    nodes.close();
    atEnd.run();
  }

  /** Looks after what is told of managers. */
  private final class Keeper implements HtexReports.Owner {
    @Override
    public void cameBack(ManagerInfo manager) {
      homecoming.came(manager.name());
    }

    @Override
    public void joined(ManagerInfo manager, int workers) {
      homecoming.came(manager.name());
      nodes.joined(manager, workers);
    }

    @Override
    public void left(ManagerInfo manager, String why) {
      nodes.left(manager, why);
    }

    @Override
    public void unusable(ManagerInfo manager, String why) {
      if (interchange.managers().count() <= 1) {
        fail("%s cannot run tasks: %s".formatted(manager.text(), why));
      }
    }
  }
}
