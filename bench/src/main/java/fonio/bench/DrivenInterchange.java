package fonio.bench;

import fonio.interchange.Interchange;
import fonio.interchange.InterchangeConfig;
import fonio.interchange.InterchangeListener;
import fonio.interchange.ManagerInfo;
import fonio.interchange.Safekeeping;
import fonio.interchange.Selection;
import fonio.transport.LinkSet;
import fonio.wire.ClassDefinition;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.FunctionDefinition;
import fonio.wire.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** An interchange whose owner always has tasks ready, and counts what comes back. */
final class DrivenInterchange implements InterchangeListener, AutoCloseable {
  static final String TOKEN = "bench";
  private static final int CLASS = 1;

  private final LinkSet links = LinkSet.open();
  private final Interchange interchange;
  private final int frameTasks;
  private final long[] tasks;
  private final int[] attempts;
  private final int[] lengths;
  private final byte[] payloads;
  private long sent;
  private long done;
  private long frames;
  private boolean feeding;

  /** Listens; frames have so many tasks, each with an argument of so many bytes. */
  DrivenInterchange(int frameTasks, int taskBytes, Duration beat) throws IOException {
    this.frameTasks = frameTasks;
    this.tasks = new long[frameTasks];
    this.attempts = new int[frameTasks];
    this.lengths = new int[frameTasks];
    this.payloads = new byte[frameTasks * taskBytes];
    Arrays.fill(lengths, taskBytes);
    InterchangeConfig config =
        new InterchangeConfig(
            "bench",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.empty(),
            TOKEN,
            "any",
            Map.of(),
            beat,
            beat.multipliedBy(12),
            Selection.named("random"));
    this.interchange = new Interchange(config, this, Safekeeping.AT_ONCE, links, System::nanoTime);
    interchange.function(
        new FunctionDefinition(1, FunctionDefinition.PYTHON, "echo", new byte[64]));
    interchange.define(new ClassDefinition(CLASS, 1, Map.of()));
  }

  int port() {
    return interchange.port();
  }

  int managers() {
    return interchange.managers().count();
  }

  int workers() {
    return interchange.managers().workers();
  }

  /** How many results have come. */
  long done() {
    return done;
  }

  /** How many frames of results have come. */
  long frames() {
    return frames;
  }

  /** Whether tasks are handed out from now on. */
  void feed(boolean wanted) {
    feeding = wanted;
  }

  /** Whether every task has come back. */
  boolean isIdle() {
    return sent == done;
  }

  /** Does one pass as the engine's loop does it, and sleeps where there was nothing to do. */
  void turn(long mostSleepNanos) {
    int work = interchange.doWork() + (feeding ? dispatch() : 0);
    links.await(
        work > 0
            ? 0
            : Math.max(1, Math.min(mostSleepNanos, interchange.sleepNanos(System.nanoTime()))));
  }

  private int dispatch() {
    int before = (int) sent;
    for (int room = interchange.choose(CLASS); room > 0; room = interchange.choose(CLASS)) {
      send(Math.min(room, frameTasks));
    }
    return (int) sent - before;
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      tasks[i] = ++sent;
    }
    FrameWriter writer = interchange.prepare(CLASS);
    writer
        .begin(Kind.TASKS, CLASS, count, 0)
        .ids(tasks, 0, 0)
        .lengths(lengths, 0)
        .attempts(attempts, 0)
        .payload(payloads, 0, count * lengths[0])
        .end();
    interchange.sent(CLASS, tasks, attempts, 0, count);
  }

  @Override
  public void results(FrameView frame, long[] answered, int[] under) {
    frames++;
    done += frame.count();
    for (int i = 0; i < frame.count(); i++) {
      if (under[i] == STALE) {
        throw new IllegalStateException("task " + answered[i] + " was answered twice");
      }
    }
  }

  @Override
  public void returned(long task, int attempt) {
    throw new IllegalStateException("task " + task + " came back");
  }

  @Override
  public void lost(long task, int attempt, ManagerInfo manager, String why) {
    throw new IllegalStateException("%s was lost: %s".formatted(manager.text(), why));
  }

  @Override
  public void tooLate(long task) {}

  @Override
  public void joined(ManagerInfo manager, int workers) {}

  @Override
  public void left(ManagerInfo manager, String why) {
    throw new IllegalStateException("%s is gone: %s".formatted(manager.text(), why));
  }

  @Override
  public void unusable(ManagerInfo manager, String why) {
    throw new IllegalStateException("%s cannot work: %s".formatted(manager.text(), why));
  }

  @Override
  public void output(ManagerInfo manager, int worker, boolean error, String text) {}

  @Override
  public void said(String text) {
    System.err.println(text);
  }

  @Override
  public void close() {
    interchange.close();
    links.close();
  }
}
