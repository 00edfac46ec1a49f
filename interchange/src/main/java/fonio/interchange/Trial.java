package fonio.interchange;

import fonio.transport.LinkSet;
import fonio.wire.ClassDefinition;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Status;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * An interchange without a run: managers that come are sent tasks that do nothing, and what becomes
 * of them is said.
 */
public final class Trial implements AutoCloseable {
  /*
   * Concurrency: one thread calls everything here.
   *
   * A task's number holds that of its manager above its lower 32 bits, so that an answer tells whose it is.
   */
  private static final int CLASS = 1;
  private static final int MOST_IN_FRAME = 1024;

  private final TrialPlan plan;
  private final Interchange interchange;
  private final LongSupplier nanoClock;
  private final Consumer<String> say;
  private final Map<String, Candidate> present = new LinkedHashMap<>();
  private final Map<Integer, Candidate> byNumber = new LinkedHashMap<>();
  private final int[] attempts = new int[MOST_IN_FRAME];
  private int nextTask;

  /**
   * Listens for managers.
   *
   * @param say takes lines for people
   */
  public Trial(
      InterchangeConfig config,
      TrialPlan plan,
      LinkSet links,
      LongSupplier nanoClock,
      Consumer<String> say)
      throws IOException {
    this.plan = plan;
    this.nanoClock = nanoClock;
    this.say = say;
    this.interchange =
        new Interchange(config, new Reports(), Safekeeping.AT_ONCE, links, nanoClock);
    interchange.function(plan.function());
    interchange.define(new ClassDefinition(CLASS, plan.function().id(), Map.of("name", "probe")));
  }

  /** The port that managers connect to. */
  public int port() {
    return interchange.port();
  }

  /** How many managers have answered all tasks well, those that are gone included. */
  public int passed() {
    return (int) byNumber.values().stream().filter(Candidate::hasPassed).count();
  }

  /** Does what is there to do; how much that was. */
  public int doWork() {
    int work = interchange.doWork();
    for (Candidate candidate : present.values()) {
      work += feed(candidate);
    }
    return work;
  }

  /** How long the loop may sleep when no link wakes it. */
  public long sleepNanos(long nowNanos) {
    return interchange.sleepNanos(nowNanos);
  }

  private int feed(Candidate candidate) {
    int room = interchange.choose(candidate.info.name(), CLASS);
    int count = Math.min(MOST_IN_FRAME, candidate.next(room));
    if (count > 0) {
      long first = (long) candidate.number << 32 | nextTask;
      long[] tasks = IntStream.range(0, count).mapToLong(i -> first + i).toArray();
      nextTask += count;
      FrameWriter writer = interchange.prepare(CLASS);
      writer.begin(Kind.TASKS, CLASS, count, (int) first).ids(tasks, 0, 0).attempts(attempts, 0);
      writer.end();
      candidate.sent(count, nanoClock.getAsLong());
      interchange.sent(CLASS, tasks, attempts, 0, count);
    }
    return count;
  }

  @Override
  public void close() {
    interchange.close();
  }

  /** Keeps account of what the interchange tells. */
  private final class Reports implements InterchangeListener {
    @Override
    public void results(FrameView frame, long[] tasks, int[] attempts) {
      long now = nanoClock.getAsLong();
      for (int i = 0; i < frame.count(); i++) {
        if (attempts[i] != STALE) {
          take(of(tasks[i]), frame, i, now);
        }
      }
    }

    private void take(Candidate candidate, FrameView frame, int i, long now) {
      switch (frame.status(i)) {
        case Status.OK -> candidate.answered(now);
        case Status.SKIPPED -> candidate.returned();
        case Status.FAULT, Status.LOST -> candidate.failed(fault(frame, i), now);
        default -> candidate.failed("its status is " + Status.name(frame.status(i)), now);
      }
      tellEnd(candidate);
    }

    private static String fault(FrameView frame, int i) {
      return Fault.decode(frame.array(), frame.payloadOffset(i), frame.length(i)).message();
    }

    private void tellEnd(Candidate candidate) {
      if (candidate.stage() == Candidate.Stage.DONE && present.containsValue(candidate)) {
        say.accept(candidate.text());
      }
    }

    private Candidate of(long task) {
      return Objects.requireNonNull(byNumber.get((int) (task >>> 32)));
    }

    @Override
    public void returned(long task, int attempt) {
      of(task).returned();
    }

    @Override
    public void lost(long task, int attempt, ManagerInfo manager, String why) {
      of(task).lost(nanoClock.getAsLong());
    }

    @Override
    public void tooLate(long task) {}

    @Override
    public void joined(ManagerInfo manager, int workers) {
      Candidate candidate = new Candidate(byNumber.size() + 1, manager, workers, plan);
      byNumber.put(candidate.number, candidate);
      present.put(manager.name(), candidate);
      say.accept(
          "%s has come: %d workers; %s".formatted(manager.text(), workers, manager.node().text()));
    }

    @Override
    public void left(ManagerInfo manager, String why) {
      Candidate candidate = present.remove(manager.name());
      if (candidate != null && !candidate.hasPassed()) {
        say.accept(candidate.text());
      }
      say.accept("%s is gone: %s".formatted(manager.text(), why));
    }

    @Override
    public void unusable(ManagerInfo manager, String why) {
      say.accept("%s cannot run tasks: %s".formatted(manager.text(), why));
    }

    @Override
    public void output(ManagerInfo manager, int worker, boolean error, String text) {
      text.lines()
          .forEach(line -> say.accept("%s, worker %d: %s".formatted(manager.name(), worker, line)));
    }

    @Override
    public void said(String text) {
      say.accept(text);
    }
  }
}
