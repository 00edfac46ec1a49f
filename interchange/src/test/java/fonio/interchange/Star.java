package fonio.interchange;

import fonio.testkit.Deadline;
import fonio.transport.LinkSet;
import fonio.transport.TcpLink;
import fonio.transport.TlsIdentity;
import fonio.wire.ClassDefinition;
import fonio.wire.FunctionDefinition;
import fonio.wire.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * An interchange with scripted managers over loopback, in one thread, with a clock that stands
 * still until a test moves it.
 */
final class Star implements AutoCloseable {
  static final String TOKEN = "0123456789abcdef0123456789abcdef";
  static final Duration BEAT = Duration.ofSeconds(5);
  static final Duration LOST = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int FENCE = 1 << 30;

  final Told told = new Told();
  final LinkSet links = LinkSet.open();
  final List<ScriptedManager> managers = new ArrayList<>();
  final Interchange interchange;
  long nowNanos = 1_000_000_000_000L;
  private int fences;

  Star() throws IOException {
    this(Selection.byBlock(), Optional.empty());
  }

  /** The interchange has classes 1 and 2; tasks of class 2 must not run twice. */
  Star(Selection selection, Optional<TlsIdentity> tls) throws IOException {
    InterchangeConfig config =
        new InterchangeConfig(
            "htex",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            tls.map(identity -> () -> identity),
            TOKEN,
            "python-",
            Map.of("cwd", "/somewhere"),
            BEAT,
            LOST,
            selection);
    interchange = new Interchange(config, told, Safekeeping.AT_ONCE, links, () -> nowNanos);
    interchange.function(new FunctionDefinition(1, FunctionDefinition.PYTHON, "f", new byte[] {1}));
    interchange.define(new ClassDefinition(1, 1, Map.of("name", "f")));
    interchange.define(new ClassDefinition(2, 1, Map.of("name", "f", "on_worker_lost", "fail")));
  }

  /** A connection that has said nothing yet. */
  ScriptedManager connect(String name) throws IOException {
    return connect(name, TcpLink::clear);
  }

  ScriptedManager connect(String name, Function<SocketChannel, TcpLink> linkOf) throws IOException {
    SocketChannel channel =
        SocketChannel.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), interchange.port()));
    ScriptedManager manager = new ScriptedManager(name, linkOf.apply(channel));
    managers.add(manager);
    return manager;
  }

  /** A manager that has joined; what that made both sides say is forgotten. */
  ScriptedManager join(String name, int workers, int window) throws IOException {
    return join(name, "", workers, window);
  }

  ScriptedManager join(String name, String block, int workers, int window) throws IOException {
    return join(name, block, "node7", workers, window);
  }

  ScriptedManager join(String name, String block, String host, int workers, int window)
      throws IOException {
    ScriptedManager manager = connect(name);
    Map<String, String> entries = manager.entries();
    entries.put("block", block);
    entries.put("host", host);
    manager.hello(entries);
    until(name + " is welcome", () -> !manager.welcome.isEmpty());
    manager.capacity(Map.of("workers", "" + workers, "window", "" + window));
    String line = "joined " + name + " " + workers;
    until(line, () -> told.has(line));
    told.forget(line);
    manager.take();
    return manager;
  }

  /** Another connection of a manager whose first one may be there still. */
  ScriptedManager comeBack(String name) throws IOException {
    ScriptedManager manager = connect(name);
    Map<String, String> entries = manager.entries();
    entries.put("resume", "1");
    manager.hello(entries);
    until(name + " is welcome", () -> !manager.welcome.isEmpty());
    return manager;
  }

  /** Sends tasks of a class, in one frame, to whom the interchange chooses. */
  void send(int classId, int attempt, long... tasks) {
    if (interchange.choose(classId) == 0) {
      throw new AssertionError("no manager has room");
    }
    int[] attempts = new int[tasks.length];
    java.util.Arrays.fill(attempts, attempt);
    interchange
        .prepare(classId)
        .begin(Kind.TASKS, classId, tasks.length, (int) tasks[0])
        .ids(tasks, 0, 0)
        .attempts(attempts, 0)
        .end();
    interchange.sent(classId, tasks, attempts, 0, tasks.length);
  }

  /** Lets everybody do what there is to do, once. */
  void turn() {
    for (ScriptedManager manager : managers) {
      manager.turn();
    }
    int work = interchange.doWork();
    links.await(work > 0 ? 0 : 1_000_000);
  }

  void until(String what, BooleanSupplier condition) {
    Deadline deadline = Deadline.in(PATIENCE);
    while (!condition.getAsBoolean()) {
      deadline.check(what);
      turn();
    }
  }

  /** Waits until all that was said before was heard, by the managers given and by the owner. */
  void settle(ScriptedManager... those) {
    int fence = FENCE + fences++;
    for (ScriptedManager manager : those) {
      manager.say(Kind.LOG, 1, fence, "");
      String line = "out %s-w%d ".formatted(manager.name, fence);
      until(manager.name + " is heard", () -> told.has(line));
      told.forget(line);
    }
    interchange.unshare(fence);
    for (ScriptedManager manager : those) {
      String line = "UNSHARE " + fence;
      until(manager.name + " hears", () -> manager.heard.remove(line));
    }
  }

  /** Lets time pass, in steps that are no stall. */
  void pass(Duration time) {
    long end = nowNanos + time.toNanos();
    while (nowNanos < end) {
      nowNanos = Math.min(end, nowNanos + 1_000_000_000L);
      turn();
    }
  }

  @Override
  public void close() {
    managers.forEach(ScriptedManager::close);
    interchange.close();
    links.close();
  }
}
