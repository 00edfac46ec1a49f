package fonio.interchange;

import fonio.transport.Link;
import fonio.transport.TcpLink;
import fonio.wire.ByteQueue;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import fonio.wire.Lines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A manager that says what a test has it say, and writes down the frames that it gets. */
final class ScriptedManager implements AutoCloseable {
  private static final byte[] NOTHING = {};

  final String name;
  final TcpLink link;
  final ByteQueue out = new ByteQueue();
  final FrameWriter writer = new FrameWriter(out);
  final List<String> heard = new ArrayList<>();
  int beats;

  /** How many frames of its results were acknowledged. */
  int acknowledged;

  boolean gone;
  Map<String, String> welcome = Map.of();
  private final ByteQueue in = new ByteQueue();
  private final FrameView frame = new FrameView();

  ScriptedManager(String name, TcpLink link) {
    this.name = name;
    this.link = link;
  }

  /** What came since the last look, heartbeats and acknowledgements left out. */
  List<String> take() {
    List<String> all = List.copyOf(heard);
    heard.clear();
    return all;
  }

  /** The entries of a HELLO that is in order. */
  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("role", "manager");
    entries.put("name", name);
    entries.put("token", Star.TOKEN);
    entries.put("host", "node7");
    entries.put("pid", "12");
    entries.put("block", "");
    return entries;
  }

  void hello(Map<String, String> entries) {
    hello(Greeting.of(entries));
  }

  void hello(Greeting greeting) {
    writer.frame(Kind.HELLO, 0, 0, 0, greeting.encode());
  }

  void capacity(Map<String, String> lines) {
    writer.frame(Kind.CAPACITY, 0, 0, 0, Lines.encode(lines));
  }

  void say(int kind, int classId, int first, String blob) {
    writer.frame(kind, classId, 0, first, blob.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  void say(int kind, int first) {
    writer.frame(kind, 0, 0, first, NOTHING);
  }

  /** Answers tasks, all under one attempt and with one status. */
  void answer(int status, int attempt, long... tasks) {
    int[] attempts = new int[tasks.length];
    byte[] statuses = new byte[tasks.length];
    java.util.Arrays.fill(attempts, attempt);
    java.util.Arrays.fill(statuses, (byte) status);
    writer
        .begin(Kind.RESULTS, 0, tasks.length, (int) tasks[0])
        .ids(tasks, 0, 0)
        .attempts(attempts, 0)
        .statuses(statuses, 0)
        .end();
  }

  /** Answers a task with a fault. */
  void fault(int status, int attempt, long task, Fault fault) {
    byte[] payload = fault.encode();
    writer
        .begin(Kind.RESULTS, 0, 1, (int) task)
        .ids(new long[] {task}, 0, 0)
        .lengths(new int[] {payload.length}, 0)
        .attempts(new int[] {attempt}, 0)
        .statuses(new byte[] {(byte) status}, 0)
        .payload(payload, 0, payload.length)
        .end();
  }

  /** Says which tasks it still has, all under one attempt. */
  void holds(boolean last, int attempt, long... tasks) {
    int[] attempts = new int[tasks.length];
    java.util.Arrays.fill(attempts, attempt);
    writer
        .begin(Kind.HOLDS, last ? 1 : 0, tasks.length, tasks.length == 0 ? 0 : (int) tasks[0])
        .ids(tasks, 0, 0)
        .attempts(attempts, 0)
        .end();
  }

  /** Sends what waits and reads what has come. */
  void turn() {
    if (gone) {
      return;
    }
    link.write(out);
    int bytes = link.read(in);
    while (frame.next(in)) {
      note();
      in.consumed(frame.size());
    }
    gone = bytes == Link.GONE;
  }

  private void note() {
    switch (frame.kind()) {
      case Kind.BEAT -> beats++;
      case Kind.WELCOME -> {
        welcome = Greeting.decode(frame).entries();
        heard.add("WELCOME");
      }
      case Kind.REFUSED -> heard.add("REFUSED " + frame.blobText());
      case Kind.ACK -> acknowledged += frame.count();
      case Kind.TASKS -> {
        StringBuilder line = new StringBuilder("TASKS");
        for (int i = 0; i < frame.count(); i++) {
          line.append(' ').append(frame.task(i)).append('/').append(frame.attempt(i));
        }
        heard.add(line.toString());
      }
      case Kind.CLASS -> heard.add("CLASS " + frame.classId());
      default -> heard.add(Kind.name(frame.kind()) + " " + frame.first());
    }
  }

  @Override
  public void close() {
    link.close();
    gone = true;
  }
}
