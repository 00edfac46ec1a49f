package fonio.executors;

import fonio.interchange.Interchange;
import fonio.interchange.InterchangeConfig;
import fonio.interchange.InterchangeListener;
import fonio.interchange.ManagerInfo;
import fonio.kernel.Kernel;
import fonio.transport.LinkSet;
import fonio.transport.Segments;
import fonio.wire.ClassDefinition;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.FunctionDefinition;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The high-throughput executor: tasks of one lane of the kernel, to the managers of many nodes. */
public final class HtexLane implements Lane {
  private static final int MOST_IN_FRAME = 1024;
  private static final long NODES_NANOS = 10_000_000;

  /** Who starts and ends the nodes that managers run on. */
  public interface Nodes extends AutoCloseable {
    /** Looks after the nodes, given how many tasks are not done; how much was done. */
    int doWork(long outstanding);

    /** How long that may be put off. */
    long sleepNanos(long nowNanos);

    /** A manager has come. */
    void joined(ManagerInfo manager, int workers);

    /** A manager is gone. */
    void left(ManagerInfo manager, String why);

    /** One line for each block. */
    List<String> describe();

    @Override
    void close();
  }

  private final int lane;
  private final Kernel kernel;
  private final Outcomes outcomes;
  private final String label;
  private final Interchange interchange;
  private final TaskFrames frames;
  private final RemotePayloads payloads;
  private final Hand hand;
  private final Segments segments;
  private final Set<Long> recalled = new HashSet<>();
  private final HtexReport report;
  private final LongSupplier nanoClock;
  private Nodes nodes = new NoNodes();
  private Runnable atEnd = () -> {};
  private long nextNodesNanos;
  private @Nullable Fault failure;

  /** Listens for managers; they get tasks as soon as they have come. */
  public HtexLane(
      int lane,
      Kernel kernel,
      Payloads payloads,
      Outcomes outcomes,
      InterchangeConfig config,
      Segments segments,
      LinkSet links,
      LongSupplier nanoClock)
      throws IOException {
    this.lane = lane;
    this.kernel = kernel;
    this.outcomes = outcomes;
    this.label = config.label();
    this.nanoClock = nanoClock;
    this.payloads = new RemotePayloads(payloads, segments);
    this.frames = new TaskFrames(this.payloads, MOST_IN_FRAME);
    this.hand = new Hand(kernel, lane, MOST_IN_FRAME);
    this.segments = segments;
    this.interchange = new Interchange(config, new Reports(), links, nanoClock);
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

  /** Names what is done when the lane has closed. */
  public void atEnd(Runnable last) {
    atEnd = last;
  }

  /** Has the managers of a block finish what they have and end. */
  public void drain(String block) {
    interchange.drain(block);
  }

  /** How many tasks the managers of each block have. */
  public Map<String, Integer> loads() {
    return interchange.loads();
  }

  /** Ends all tasks that nobody has, those to come too, as no manager will come for them. */
  public void fail(String text) {
    failure = new Fault("BadState", text, Map.of());
    outcomes.unusable(lane, failure);
  }

  @Override
  public int workers() {
    return interchange.workers();
  }

  @Override
  public int doWork() {
    int work = interchange.doWork();
    long now = nanoClock.getAsLong();
    if (now - nextNodesNanos >= 0) {
      nextNodesNanos = now + NODES_NANOS;
      work += nodes.doWork(kernel.readyCount(lane) + held());
    }
    return work;
  }

  private long held() {
    long held = 0;
    for (int tasks : interchange.loads().values()) {
      held += tasks;
    }
    return held;
  }

  @Override
  public int dispatch() {
    int sent = 0;
    Fault reason = failure;
    if (reason != null && interchange.managers() == 0) {
      outcomes.unusable(lane, reason);
    }
    while (kernel.isReady(lane)) {
      int classId = kernel.nextClass(lane);
      int room = interchange.choose(classId);
      if (room == 0) {
        return sent;
      }
      int share = (kernel.readyCount(lane) + interchange.managers() - 1) / interchange.managers();
      hand.take(Math.min(room, share), () -> room);
      sent += send(classId);
    }
    return sent;
  }

  private int send(int classId) {
    for (int from = 0; from < hand.count; ) {
      int to = frames.measure(hand.tasks, from, hand.count);
      if (to > from) {
        frames.write(interchange.prepare(classId), classId, hand.tasks, hand.attempts, from);
        interchange.sent(classId, hand.tasks, hand.attempts, from, to - from);
        from = giveBack(to, hand.chainEnd(payloads, to));
      } else {
        int end = hand.chainEnd(payloads, from + 1);
        outcomes.failed(hand.tasks[from], hand.attempts[from], frames.tooLarge(hand.tasks[from]));
        from = giveBack(from + 1, end);
      }
    }
    return hand.count;
  }

  /** Tasks that were taken ahead and cannot go with their parent wait for it again. */
  private int giveBack(int from, int to) {
    for (int i = from; i < to; i++) {
      outcomes.returned(hand.tasks[i], hand.attempts[i]);
    }
    return to;
  }

  @Override
  public long sleepNanos(long nowNanos) {
    long ofNodes = Math.max(nodes.sleepNanos(nowNanos), nextNodesNanos - nowNanos);
    return Math.min(interchange.sleepNanos(nowNanos), ofNodes);
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
  public Recalled recall(long task) {
    if (!interchange.recall(task)) {
      return Recalled.NO;
    }
    recalled.add(task);
    return Recalled.ASKED;
  }

  @Override
  public boolean kill(long task) {
    return interchange.kill(task);
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
    return report.obstacles(nodes.describe(), failureText());
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
    lines.putAll(interchange.describe());
    return lines;
  }

  @Override
  public void close() {
    interchange.close();
    nodes.close();
    atEnd.run();
  }

  /** Translates what the interchange tells. */
  private final class Reports implements InterchangeListener {
    private final LaneResults results = new LaneResults(outcomes, segments);

    @Override
    public void results(FrameView frame, long[] tasks, int[] attempts) {
      results.take(frame, tasks, attempts);
      if (!recalled.isEmpty()) {
        for (int i = 0; i < frame.count(); i++) {
          if (attempts[i] != STALE) {
            returnedAsAsked(tasks[i]);
          }
        }
      }
    }

    private void returnedAsAsked(long task) {
      if (recalled.remove(task)) {
        outcomes.recalled(task);
      }
    }

    @Override
    public void returned(long task, int attempt) {
      outcomes.returned(task, attempt);
      returnedAsAsked(task);
    }

    @Override
    public void lost(long task, int attempt, ManagerInfo manager, String why) {
      String message =
          "%s is gone (%s); it may have been running task %d".formatted(manager.text(), why, task);
      outcomes.lost(
          task,
          attempt,
          new Fault(
              "ManagerLost",
              message,
              Map.of("task", "" + task, "manager", manager.name(), "host", manager.host())));
      returnedAsAsked(task);
    }

    @Override
    public void tooLate(long task) {
      if (recalled.remove(task)) {
        outcomes.tooLate(task);
      }
    }

    @Override
    public void joined(ManagerInfo manager, int workers) {
      said("%s has come, with %d workers".formatted(manager.text(), workers));
      nodes.joined(manager, workers);
    }

    @Override
    public void left(ManagerInfo manager, String why) {
      said("%s is gone: %s".formatted(manager.text(), why));
      nodes.left(manager, why);
    }

    @Override
    public void unusable(ManagerInfo manager, String why) {
      said("%s cannot run tasks: %s".formatted(manager.text(), why));
      if (interchange.managers() <= 1) {
        fail("%s cannot run tasks: %s".formatted(manager.text(), why));
      }
    }

    @Override
    public void output(ManagerInfo manager, int worker, boolean error, String text) {
      outcomes.output(worker, error, text);
    }

    @Override
    public void said(String text) {
      System.err.println("fonio engine: executor " + label + ": " + text);
    }
  }
}
