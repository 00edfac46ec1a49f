package fonio.manager;

import fonio.testkit.Deadline;
import fonio.transport.Link;
import fonio.transport.TcpLink;
import fonio.wire.ByteQueue;
import fonio.wire.ClassDefinition;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.FunctionDefinition;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import fonio.wire.Lines;
import fonio.wire.LittleEndian;
import fonio.wire.Status;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** One connection of a manager, and what it said over it, one line for each task or frame. */
final class Session implements AutoCloseable {
  private static final byte[] NOTHING = {};
  private static final int LARGE = 65_536;

  final List<String> heard = new ArrayList<>();
  final ByteQueue out = new ByteQueue();
  final FrameWriter writer = new FrameWriter(out);
  Map<String, String> hello = Map.of();

  /** How many RESULTS frames have come. */
  int frames;

  /** How many bytes the last large result had. */
  int lastLength;

  /** The whole number that the last small result is. */
  int lastNumber;

  boolean gone;
  private final TcpLink link;
  private final Duration patience;
  private final ByteQueue in = new ByteQueue();
  private final FrameView frame = new FrameView();

  Session(SocketChannel channel, Duration patience) {
    this.link = TcpLink.clear(channel);
    this.patience = patience;
  }

  void until(String what, BooleanSupplier condition) {
    Deadline.in(patience)
        .await(
            what + "; heard " + heard,
            () -> {
              turn();
              return condition.getAsBoolean();
            });
  }

  /** Waits until these lines were heard, in this order, and no others; then forgets them. */
  void hears(String... lines) {
    until(String.join(", ", lines), () -> heard.size() >= lines.length);
    org.assertj.core.api.Assertions.assertThat(heard).containsExactly(lines);
    heard.clear();
  }

  /** Waits until the manager has obeyed all that was said before: it answers a strange RECALL. */
  void settle() {
    say(Kind.RECALL, 999_999);
    until("it has obeyed", () -> heard.remove("VERDICT 999999"));
  }

  void say(int kind, int first) {
    writer.frame(kind, 0, 0, first, NOTHING);
  }

  void welcome(Map<String, String> entries) {
    writer.frame(Kind.WELCOME, 0, 0, 0, Greeting.of(entries).encode());
  }

  void refuse(String why) {
    writer.frame(Kind.REFUSED, 0, 0, 0, why.getBytes(StandardCharsets.UTF_8));
  }

  /** Acknowledges all results that have come. */
  void acknowledge() {
    writer.frame(Kind.ACK, 0, frames, 0, NOTHING);
    frames = 0;
  }

  /** Defines a class of a builtin function of Python, both of one number. */
  void define(int number, String function) {
    byte[] pickle = "cbuiltins\n%s\n.".formatted(function).getBytes(StandardCharsets.UTF_8);
    new FunctionDefinition(number, FunctionDefinition.PYTHON, function, pickle).encode(writer);
    new ClassDefinition(number, number, Map.of("name", function)).encode(writer);
  }

  /** Sends a task of a class, whose argument is a whole number. */
  void send(int classId, int task, int argument) {
    byte[] payload = new byte[10];
    payload[0] = '(';
    LittleEndian.putInt(payload, 1, 1);
    payload[5] = 'i';
    LittleEndian.putInt(payload, 6, argument);
    writer
        .begin(Kind.TASKS, classId, 1, task)
        .lengths(new int[] {payload.length}, 0)
        .attempts(new int[1], 0)
        .payload(payload, 0, payload.length)
        .end();
  }

  /** Sends consecutive tasks of class 1 in one frame, each some source of Python. */
  void send(int attempt, int first, String... sources) {
    int count = sources.length;
    int[] lengths = new int[count];
    int[] attempts = new int[count];
    byte[][] payloads = new byte[count][];
    for (int i = 0; i < count; i++) {
      payloads[i] = ScriptedInterchange.marshal(sources[i]);
      lengths[i] = payloads[i].length;
      attempts[i] = attempt;
    }
    writer.begin(Kind.TASKS, 1, count, first).lengths(lengths, 0).attempts(attempts, 0);
    for (byte[] payload : payloads) {
      writer.payload(payload, 0, payload.length);
    }
    writer.end();
  }

  private void turn() {
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
      case Kind.BEAT -> {}
      case Kind.HELLO -> {
        hello = Greeting.decode(frame).entries();
        heard.add("HELLO");
      }
      case Kind.RESULTS -> {
        frames++;
        tasks(i -> (frame.classId() == 1 ? "KEPT " : "") + result(i));
      }
      case Kind.HOLDS -> {
        tasks(i -> "HOLDS");
        heard.add(frame.classId() == 1 ? "HOLDS no more" : "HOLDS more");
      }
      case Kind.CAPACITY -> {
        StringBuilder line = new StringBuilder("CAPACITY");
        new TreeMap<>(Lines.decode(frame.array(), frame.blobOffset(), frame.blobLength()))
            .forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
        heard.add(line.toString());
      }
      case Kind.FAULT -> heard.add("FAULT " + frame.blobText());
      case Kind.DRAIN -> heard.add("DRAIN");
      default -> heard.add(Kind.name(frame.kind()) + " " + frame.first());
    }
  }

  private String result(int i) {
    if (frame.length(i) > LARGE) {
      lastLength = frame.length(i);
    } else if (frame.length(i) == 5) {
      lastNumber = LittleEndian.getInt(frame.array(), frame.payloadOffset(i) + 1);
    }
    return Status.name(frame.status(i));
  }

  private void tasks(java.util.function.IntFunction<String> word) {
    for (int i = 0; i < frame.count(); i++) {
      heard.add("%s %d/%d".formatted(word.apply(i), frame.task(i), frame.attempt(i)));
    }
  }

  /** Drops windows of measured classes, which come when they will. */
  void forgetWindows() {
    heard.removeIf(line -> line.startsWith("CAPACITY window."));
  }

  @Override
  public void close() {
    link.close();
    gone = true;
  }
}
